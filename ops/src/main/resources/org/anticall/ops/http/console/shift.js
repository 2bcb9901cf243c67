// The supervisor's screen: how the shift goes, who sits where, which calls are on. Where must I help?
import { LitElement, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import * as api from "./api.js";
import { tile } from "./board-tiles.js";
import { country, number, span } from "./format.js";
import { isCommand, isLetter, stepRow } from "./keys.js";
import { Live } from "./live.js";
import { byArrival, icon, isOver, note, numberText, ruleMark, seatOf, stateBadge } from "./parts.js";
import { Repeating } from "./repeating.js";
import { queues, roster } from "./roster.js";
import { rules } from "./shift-rules.js";
import { Supervision } from "./supervision.js";
import { linkState, page, signedOut } from "./topbar.js";
import { said, t } from "./words.js";
import "./block.js";
import "./campaigns.js";
import "./handover.js";

const LOOK_EVERY_MS = 5_000;
const COUNT_EVERY_MS = 60_000;
const MOST_ROWS = 100;
const KEYS = [["↑ ↓", "keys.rows"], ["L", "shift.listen"], ["W", "shift.whisper"], ["J", "shift.join"], ["K", "shift.takeover"], ["U", "shift.pause"]];

class Shift extends LitElement {
  static properties = {
    session: {},
    own: {},
    tongue: {},
    theme: {},
    now: { state: true },
    chosen: { state: true },
    seat: { state: true },
    outlook: { state: true },
    precision: { state: true },
  };

  #live = new Live();
  #supervision = new Supervision(this.#live, () => this.own);
  #onKey = (event) => this.#key(event);

  constructor() {
    super();
    new Repeating(this, 1_000, () => (this.now = Date.now()));
    new Repeating(this, LOOK_EVERY_MS, () => this.#look());
    new Repeating(this, COUNT_EVERY_MS, () => this.#count(), { atOnce: true });
    this.now = Date.now();
    this.chosen = this.seat = this.outlook = this.precision = null;
    this.#supervision.addEventListener("change", () => this.requestUpdate());
    this.#live.addEventListener("change", () => {
      this.#supervision.follow();
      this.requestUpdate();
    });
    this.#live.addEventListener("link", () => this.requestUpdate());
    this.#live.addEventListener("signed-out", () => signedOut(this));
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#live.start();
    this.#look();
    addEventListener("keydown", this.#onKey);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#supervision.close();
    this.#live.stop();
    removeEventListener("keydown", this.#onKey);
  }

  /** What is heard: the sounds of the caller and the operator; empty while nobody listens. */
  get sounds() {
    return this.#supervision.sounds;
  }

  async #look() {
    try {
      this.outlook = await api.outlook();
    } catch {
      this.outlook = null; // what is old is not shown as if it were now
    }
  }

  async #count() {
    this.precision = await api.precision().catch(() => this.precision);
  }

  /** Talks first, the longest at the top; then those who wait, the longest at the top. */
  get #open() {
    const talks = (call) => (call.state === "answered" ? 0 : 1);
    return [...this.#live.calls.values()]
      .filter((call) => !isOver(call))
      .sort((a, b) => talks(a) - talks(b) || byArrival(a, b));
  }

  async #takeOver(id) {
    if (await this.#supervision.takeOver(id)) location.hash = "seat";
  }

  #pause(seat) {
    this.#supervision.act(seat.state === "paused" ? "resume" : "pause", { seat: seat.seat });
  }

  async #force({ seat }, act, why) {
    if (await this.#supervision.act(act, { seat, reason: why.value.trim() })) why.value = "";
  }

  #key(event) {
    if (!isCommand(event)) return;
    const { chosen } = this;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.chosen = stepRow(event, this, this.querySelector(`tr[data-id="${chosen}"]`))?.dataset.id;
    else if (event.key === "Enter" && event.target.matches?.("tr[data-id]")) this.chosen = event.target.dataset.id;
    else if (!isLetter(event)) return;
    else if (event.code === "KeyL" && chosen) this.#supervision.listen(chosen);
    else if (event.code === "KeyW" && chosen) this.#supervision.whisper(chosen);
    else if (event.code === "KeyJ" && chosen) this.#supervision.join(chosen);
    else if (event.code === "KeyK" && chosen) this.#takeOver(chosen);
    else if (event.code === "KeyU" && this.seat) this.#pause(this.#live.seats.get(this.seat));
    else if (event.code === "KeyO") {
      event.preventDefault();
      this.querySelector("#handover-notes")?.focus();
    }
  }

  // ---- rendering

  render() {
    document.title = `${t("shift.nav")} — Anti Call-Centre`;
    const open = this.#open;
    const choice = { choose: (seat) => (this.seat = seat), pause: (seat) => this.#pause(seat), force: (seat, act, why) => this.#force(seat, act, why) };
    return page(
      this,
      "shift",
      html`<h1 class="sr">${t("shift.nav")}</h1>
        ${this.#trouble()} ${this.#tiles(open)}
        <div class="grid main-side">
          <div class="grid">
            <section class="panel list" aria-labelledby="open-h">
              <header><h2 id="open-h">${t("shift.calls")}</h2><span class="t2 lo">${open.length > 0 && !this.chosen ? t("shift.choose") : ""}</span><span class="t3 end">${open.length}</span></header>
              ${open.length === 0 ? html`<p class="pad t2 s13">${t("shift.calls.none")}</p>` : this.#table(open)}
            </section>
            ${rules(this.#live, this.precision)}<acc-campaigns .tongue=${this.tongue}></acc-campaigns>
          </div>
          <div class="grid">
            ${roster(this.#live, this.now, this.seat, choice)}${queues(this.outlook)}
            <acc-proposals .tongue=${this.tongue}></acc-proposals><acc-handover .tongue=${this.tongue}></acc-handover>
          </div>
        </div>`,
      { keys: KEYS, health: linkState(this.#live, this.now) },
    );
  }

  #trouble() {
    const { trouble } = this.#supervision;
    if (!trouble) return "";
    return note("warn", t(["listen", "whisper"].includes(trouble) ? `shift.trouble.${trouble}` : `seat.trouble.${trouble}`), "alert");
  }

  #tiles(open) {
    const seats = [...this.#live.seats.values()];
    const count = (...states) => seats.filter((seat) => states.includes(seat.state)).length;
    const waiting = open.filter((call) => call.state !== "answered");
    const longest = waiting.length ? span(this.now - Date.parse(waiting[0].offeredAt)) : "—";
    const { outlook } = this;
    const percent = (share) => (share === null || share === undefined ? "—" : `${number(Math.round(100 * share))} %`);
    return html`<section class="tiles" aria-label=${t("shift.board")}>
      ${tile("tile.queued", waiting.length)} ${tile("tile.longest", longest)}
      ${tile("shift.level", percent(outlook?.inTime), t("shift.level.of"))}
      ${tile("shift.expected", percent(outlook?.expectedInTime), outlook ? t("shift.expected.of", { wait: span(1_000 * outlook.expectedWaitSeconds) }) : "")}
      ${tile("shift.wanted", outlook ? number(outlook.seatsWanted) : "—", outlook ? t("shift.wanted.of", { n: outlook.atWork }) : "")}
      ${tile("tile.talking", count("on-call"))}
      ${tile("tile.ready", count("ready"), t("shift.ready.of", { n: seats.length - count("offline"), paused: count("paused"), paper: count("wrap-up") }))}
    </section>`;
  }

  #table(open) {
    const shown = open.slice(0, MOST_ROWS);
    const first = shown.some((call) => call.id === this.chosen) ? this.chosen : shown[0].id;
    return html`<table class="tbl" role="grid" aria-labelledby="open-h" aria-rowcount=${open.length}>
        <thead>
          <tr>
            <th>${t("col.state")}</th><th class="num">${t("col.span")}</th><th>${t("col.why")}</th><th>${t("col.caller")}</th><th>${t("col.callee")}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(shown, (call) => call.id, (call) => html`${this.#row(call, first)}${call.id === this.chosen ? this.#actions(call) : ""}`)}
        </tbody>
      </table>
      ${open.length > shown.length ? html`<footer class="s12 t3">${t("shown.of", { shown: shown.length, n: open.length })}</footer>` : ""}`;
  }

  #row(call, first) {
    const talks = call.state === "answered";
    return html`<tr data-id=${call.id} tabindex=${call.id === first ? "0" : "-1"} aria-selected=${call.id === this.chosen ? "true" : "false"}
      @click=${() => (this.chosen = call.id)}>
      <td class="nw">${stateBadge(call)}<span class="sub">${seatOf(call)}</span></td>
      <td class="num b">${span(this.now - Date.parse(talks ? call.changedAt : call.offeredAt))}</td>
      <td class="why-cell"><span class="why-text ${call.reason ? "" : "t2"}">${ruleMark(call)}${call.reason ? said(call.reason) : t("reason.waiting")}</span></td>
      <td class="nw">${numberText(call.caller)}<span class="sub">${country(call.caller.country)}</span></td>
      <td class="nw">${numberText(call.callee)}</td>
    </tr>`;
  }

  /** What can be done about the chosen call, in a row of its own under it. */
  #actions(call) {
    const supervision = this.#supervision;
    const { id } = call;
    const button = (act, shape, word, key, what, pressed = nothing, kind = "") => html`<button class="btn ${kind}" data-act=${act}
      aria-pressed=${pressed} @click=${what}>${icon(shape)}${t(word)}${key ? html` <kbd>${key}</kbd>` : ""}</button>`;
    const heard = supervision.heard === id;
    const spoken = supervision.spoken === id;
    const joined = spoken && supervision.joined;
    return html`<tr class="actions" aria-selected="true"><td colspan="5"><div class="row tight">
      ${
        call.state === "answered"
          ? html`${button("listen", "ear", heard ? "shift.deaf" : "shift.listen", "L", () => supervision.listen(id), String(heard))}
            ${button("whisper", "mic", spoken ? "shift.hush" : "shift.whisper", "W", () => supervision.whisper(id), String(spoken))}
            ${button("join", "people", joined ? "shift.unjoin" : "shift.join", "J", () => supervision.join(id), String(joined))}
            ${button("takeover", "answer", "shift.takeover", "K", () => this.#takeOver(id))}`
          : button("release", "connect", "seat.connect.short", "", () => supervision.act("release", { call: id }))
      }
      <span class="end">${button("end", "end", "seat.end", "", () => supervision.act("end", { call: id }), nothing, "danger")}</span>
    </div></td></tr>`;
  }
}

customElements.define("acc-shift", Shift);
