// Notes on their way to the centre. Each is kept here until the centre has it, whatever call or view comes next. One goes at a
// time, so that a centre whose database hangs holds up nothing else this page asks for.
import * as api from "./api.js";

const AGAIN_MS = 2_000;
const NOT_FOUND = 404;

/** Fires "change" when the centre has taken notes, or has not. */
class UnsavedNotes extends EventTarget {
  /** Whether the centre did not take a note when it was last asked to. */
  refused = false;

  #texts = new Map();
  #timer = 0;
  #sending = false;

  /** What the centre does not have yet of a call's note; undefined if it has all of it. */
  of(call) {
    return this.#texts.get(call);
  }

  /** Keeps the note of a call and sends it after a while. */
  keep(call, text, inMillis) {
    this.#texts.set(call, text);
    this.#soon(inMillis);
  }

  /** Sends all there are. */
  async send() {
    clearTimeout(this.#timer);
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (const [call, text] of this.#texts) await this.#sendOne(call, text);
      this.refused = false;
    } catch {
      this.refused = true;
    }
    this.#sending = false;
    if (this.#texts.size) this.#soon(AGAIN_MS);
    this.dispatchEvent(new Event("change"));
  }

  async #sendOne(call, text) {
    try {
      await api.keepNote(call, text);
    } catch (refusal) {
      if (refusal.status !== NOT_FOUND) throw refusal; // a call that left the board long ago takes no notes
    }
    if (this.#texts.get(call) === text) this.#texts.delete(call);
  }

  #soon(millis) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.send(), millis);
  }
}

/** Those of this page. */
export const unsavedNotes = new UnsavedNotes();
