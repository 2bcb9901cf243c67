// What a supervisor does to one call: listen, whisper to the operator, join, take over.
import * as api from "./api.js";
import { Ear } from "./listen.js";
import { Mouth } from "./whisper.js";

/** Fires "change" when something is another. At most one call is heard and one spoken in. */
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
    return this.#ear?.sounds.map((each) => each.srcObject) ?? [];
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
    this.#ear = new Ear(id);
    this.heard = id;
    await this.#try(() => this.#ear.open(), "listen", () => this.deaf());
  }

  /** Begins to speak to the operator, or ends it. */
  async whisper(id) {
    const on = this.spoken !== id;
    this.hush();
    if (!on || !this.#talks(id)) return;
    this.#mouth = new Mouth(id);
    this.spoken = id;
    await this.#try(() => this.#mouth.open(), "whisper", () => this.hush());
  }

  /** The caller hears the supervisor too: first the operator, then, by a second decision, both. */
  async join(id) {
    if (this.spoken !== id) await this.whisper(id);
    if (this.spoken !== id) return;
    const on = !this.joined; // a second press before the first is done asks for the same
    await this.#try(async () => {
      await this.#mouth.aloud(on);
      this.joined = on;
    }, "whisper");
  }

  /** Takes the call to the supervisor's own seat; true if it comes. */
  async takeOver(id) {
    this.deaf();
    this.hush();
    const own = this.#own();
    if (!(await own?.standBy())) {
      this.trouble = own?.trouble || "whisper";
      this.#changed();
      return false;
    }
    return this.act("takeover", { call: id });
  }

  /** Ends, releases, pauses, resumes; true if the desk did it. */
  act(act, body) {
    return this.#try(() => api.supervise(act, body));
  }

  deaf() {
    this.#ear?.close();
    this.#ear = null;
    this.heard = null;
    this.#changed();
  }

  hush() {
    this.#mouth?.close();
    this.#mouth = null;
    this.spoken = null;
    this.joined = false;
    this.#changed();
  }

  close() {
    this.deaf();
    this.hush();
  }

  async #try(what, word, undo = () => {}) {
    try {
      await what();
      this.trouble = "";
      return true;
    } catch (refusal) {
      undo();
      this.trouble = word ?? refusal.word;
      return false;
    } finally {
      this.#changed();
    }
  }

  #talks(id) {
    return this.#live.calls.get(id)?.state === "answered";
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
