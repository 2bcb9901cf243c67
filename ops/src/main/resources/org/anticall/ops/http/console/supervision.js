// What a supervisor does to one call: listen, whisper to the operator, join, take over.
import * as api from "./api.js";
import { Ear } from "./listen.js";
import { Turns } from "./turns.js";
import { Mouth } from "./whisper.js";

/**
 * Fires "change" when something is another. At most one call is heard and one spoken in. What a key asks for shows at once;
 * the desk and the relay are asked in the order of the keys, however long each takes, so that an end meets what it ends.
 */
export class Supervision extends EventTarget {
  /** Record id of the call that is heard; null if none is. */
  heard = null;
  /** Record id of the call the supervisor speaks in; null if none. */
  spoken = null;
  /** Whether the caller hears the supervisor, too. */
  joined = false;
  /** Word for what went wrong last, "" if nothing did. */
  trouble = "";

  #live;
  #own;
  #ear = null;
  #mouth = null;
  #turns = new Turns();

  /**
   * @param {Live} live the board
   * @param {() => object} own the supervisor's own seat in this page; to it a call is taken over
   */
  constructor(live, own) {
    super();
    this.#live = live;
    this.#own = own;
  }

  /** What is heard: the sounds of the caller and the operator; empty while nobody listens. */
  get sounds() {
    return this.#ear?.heard ?? [];
  }

  /** Calls that are over are neither heard nor spoken in. */
  follow() {
    if (this.heard && !this.#talks(this.heard)) this.deaf();
    if (this.spoken && !this.#talks(this.spoken)) this.hush();
  }

  /** Begins to listen, or ends it. */
  async listen(id) {
    const on = this.heard !== id;
    this.deaf();
    if (!on || !this.#talks(id)) return;
    const ear = new Ear(id);
    const fail = () => {
      this.deaf();
      this.#tell("listen");
    };
    ear.addEventListener("lost", () => this.#goesOn(ear) && fail());
    this.#ear = ear;
    this.heard = id;
    this.#changed();
    await this.#ask(ear, () => ear.open(), fail);
  }

  /** Begins to speak to the operator, or ends it. */
  async whisper(id) {
    const on = this.spoken !== id;
    this.hush();
    if (!on || !this.#talks(id)) return;
    const mouth = new Mouth(id);
    this.#mouth = mouth;
    this.spoken = id;
    this.#changed();
    await this.#ask(mouth, () => mouth.open(), () => {
      this.hush();
      this.#tell("whisper");
    });
  }

  /** The caller hears the supervisor too: first the operator, then, by a second decision, both. */
  async join(id) {
    if (this.spoken !== id) this.whisper(id);
    const mouth = this.#mouth;
    if (!mouth) return;
    const on = !this.joined;
    this.joined = on;
    this.#changed();
    await this.#ask(mouth, () => mouth.aloud(on), () => {
      this.joined = !on;
      this.#tell("whisper");
    });
  }

  /** Takes the call to the supervisor's own seat; true if it comes. */
  takeOver(id) {
    this.close();
    return this.#turns.take(async () => {
      const own = this.#own();
      if (await own?.standBy()) return this.act("takeover", { call: id });
      this.#tell(own?.trouble || "whisper");
      return false;
    });
  }

  /** Ends, releases, pauses, resumes; true if the desk did it. */
  async act(act, body) {
    try {
      await api.supervise(act, body);
      this.#tell("");
      return true;
    } catch (refusal) {
      this.#tell(refusal.word);
      return false;
    }
  }

  deaf() {
    this.#end(this.#ear);
    this.#ear = null;
    this.heard = null;
    this.#changed();
  }

  hush() {
    this.#end(this.#mouth);
    this.#mouth = null;
    this.spoken = null;
    this.joined = false;
    this.#changed();
  }

  close() {
    this.deaf();
    this.hush();
  }

  /** It falls silent at once; the relay hears of it in its turn, when what began it is through. */
  #end(voice) {
    voice?.fallSilent();
    if (voice) this.#turns.take(() => voice.close());
  }

  /** Asks for something about a voice; what is over when its turn comes, or fails because it is over, is no trouble. */
  #ask(voice, what, fail) {
    return this.#turns.take(async () => {
      if (!this.#goesOn(voice)) return;
      try {
        await what();
        this.#tell("");
      } catch {
        if (this.#goesOn(voice)) fail();
      }
    });
  }

  #goesOn(voice) {
    return voice === this.#ear || voice === this.#mouth;
  }

  #tell(word) {
    this.trouble = word;
    this.#changed();
  }

  #talks(id) {
    return this.#live.calls.get(id)?.state === "answered";
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
