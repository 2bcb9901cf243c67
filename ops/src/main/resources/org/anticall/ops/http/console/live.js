// The live channel: a snapshot, then numbered changes. A gap in the numbers, silence or a lost line: connect anew, which
// begins with a snapshot again. What was shown last stays until then.

import { isOver } from "./parts.js";

const SILENCE_MS = 12_000; // the centre beats every five seconds
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8_000;

/** Changes that come closer together are told together: what a page draws a hundred times a second nobody reads. */
const TELL_EVERY_MS = 100;

/** As many calls as the centre's board has; the oldest that is over leaves first. */
const MOST_CALLS = 1_500;

/**
 * The board as this page knows it. Fires "change" when it is another, "link" when the line comes or goes, "signed-out"
 * when the session is over.
 */
export class Live extends EventTarget {
  /** @type {Map<string, object>} calls by id */
  calls = new Map();
  /** @type {Map<string, object>} seats by name */
  seats = new Map();
  linked = false;
  /** When the line was lost, milliseconds since the epoch. */
  lostAt = Date.now();

  #page = "";
  #ears = {};

  #source = null;
  #seq = -1;
  #retryMs = FIRST_RETRY_MS;
  #timer = 0;
  #toldAt = -TELL_EVERY_MS;
  #telling = 0;

  /**
   * @param {string} page name of this page, if it is a seat
   * @param {Object<string, function(object): void>} ears what hears the desk, by event
   */
  constructor(page = "", ears = {}) {
    super();
    this.#page = page;
    this.#ears = ears;
  }

  start() {
    this.#connect();
  }

  stop() {
    clearTimeout(this.#timer);
    clearTimeout(this.#telling);
    this.#telling = 0;
    this.#source?.close();
    this.#source = null;
  }

  #connect() {
    this.stop();
    const source = new EventSource(this.#page ? `/api/live?page=${this.#page}` : "/api/live");
    this.#source = source;
    this.#seq = -1;
    source.addEventListener("snapshot", (event) => this.#snapshot(JSON.parse(event.data)));
    source.addEventListener("change", (event) => this.#change(JSON.parse(event.data)));
    source.addEventListener("beat", () => {
      this.#heard();
      this.dispatchEvent(new Event("beat")); // comes in a tab whose timers sleep, too
    });
    source.addEventListener("signed-out", () => this.#signedOut());
    for (const [name, hear] of Object.entries(this.#ears)) {
      source.addEventListener(name, (event) => hear(JSON.parse(event.data)));
    }
    source.onerror = () => this.#lost();
    this.#expectWord();
  }

  #snapshot(board) {
    this.calls = new Map(board.calls.map((call) => [call.id, call]));
    this.seats = new Map(board.seats.map((seat) => [seat.seat, seat]));
    this.#seq = board.seq;
    this.#heard();
    this.#tell();
  }

  #change(change) {
    if (change.seq !== this.#seq + 1) {
      this.#connect();
      return;
    }
    this.#seq = change.seq;
    for (const call of change.calls) this.calls.set(call.id, call);
    for (const seat of change.seats) this.seats.set(seat.seat, seat);
    if (this.calls.size > MOST_CALLS) this.#forget();
    this.#heard();
    if (!this.#telling) this.#telling = setTimeout(() => this.#tell(), Math.max(0, this.#toldAt + TELL_EVERY_MS - performance.now()));
  }

  #tell() {
    clearTimeout(this.#telling);
    this.#telling = 0;
    this.#toldAt = performance.now();
    this.dispatchEvent(new Event("change"));
  }

  #forget() {
    for (const call of this.calls.values()) {
      if (isOver(call)) {
        this.calls.delete(call.id);
        return;
      }
    }
    this.calls.delete(this.calls.keys().next().value);
  }

  #heard() {
    this.#retryMs = FIRST_RETRY_MS;
    this.#expectWord();
    if (!this.linked) {
      this.linked = true;
      this.dispatchEvent(new Event("link"));
    }
  }

  #expectWord() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lost(), SILENCE_MS);
  }

  #lost() {
    this.stop();
    if (this.linked) {
      this.linked = false;
      this.lostAt = Date.now();
      this.dispatchEvent(new Event("link"));
    }
    this.#timer = setTimeout(() => this.#check(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }

  /** An EventSource does not tell why it failed: ask whether the session is still there before it tries again. */
  async #check() {
    try {
      const answer = await fetch("/api/session");
      if (answer.ok && !(await answer.json()).signedIn) {
        this.#signedOut();
        return;
      }
    } catch {
      this.#lost();
      return;
    }
    this.#connect();
  }

  #signedOut() {
    this.stop();
    this.dispatchEvent(new Event("signed-out"));
  }
}
