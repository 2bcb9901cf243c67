// The supervisor's screen: how the shift goes, who sits where, which calls are on. Where must I help?
import { LitElement, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import * as api from "./api.js";
import { clock, country, number, span } from "./format.js";
import { Ear } from "./listen.js";
import { Live } from "./live.js";
import { Mouth } from "./whisper.js";
import { icon, isOver, note, numberText, stateBadge } from "./parts.js";
import "./block.js";
import "./handover.js";
import { Repeating } from "./repeating.js";
import { topBar } from "./topbar.js";
import { t } from "./words.js";

const LOOK_EVERY_MS = 5_000;
const SHAPES = { ready: "st-ready", ringing: "st-ring", "on-call": "st-talk", "wrap-up": "st-wrap", paused: "st-pause", offline: "st-off" };

class Shift extends LitElement {
  static properties = {
    session: {},
    own: {},
    tongue: {},
    theme: {},
    now: { state: true },
    chosen: { state: true },
    seat: { state: true },
    heard: { state: true },
    spoken: { state: true },
    joined: { state: true },
    outlook: { state: true },
    trouble: { state: true },
  };

  #live = new Live();
  #ear = null;
  #mouth = null;
  #onKey = (event) => this.#key(event);

  constructor() {
    super();
    new Repeating(this, 1_000, () => (this.now = Date.now()));
    new Repeating(this, LOOK_EVERY_MS, () => this.#look());
    this.now = Date.now();
    this.chosen = this.seat = this.heard = this.spoken = this.outlook = null;
    this.joined = false;
    this.trouble = "";
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#live.addEventListener("change", () => this.#changed());
    this.#live.addEventListener("link", () => this.requestUpdate());
    this.#live.addEventListener("signed-out", () =>
      this.dispatchEvent(new CustomEvent("signed-out", { detail: { expired: true }, bubbles: true })),
    );
    this.#live.start();
    this.#look();
    addEventListener("keydown", this.#onKey);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#deaf();
    this.#quiet();
    this.#live.stop();
    removeEventListener("keydown", this.#onKey);
  }

  /** What is heard: the sounds of the caller and the operator; empty while nobody listens. */
  get sounds() {
    return this.#ear?.sounds.map((each) => each.srcObject) ?? [];
  }

  #changed() {
    if (this.heard && this.#live.calls.get(this.heard)?.state !== "answered") this.#deaf();
    if (this.spoken && this.#live.calls.get(this.spoken)?.state !== "answered") this.#quiet();
    this.requestUpdate();
  }

  async #look() {
    try {
      this.outlook = await api.outlook();
    } catch {
      this.outlook = null; // what is old is not shown as if it were now
    }
  }

  get #open() {
    return [...this.#live.calls.values()].filter((call) => !isOver(call)).sort((a, b) => (a.offeredAt < b.offeredAt ? -1 : 1));
  }

  // ---- what a supervisor does

  async #listen(id) {
    if (this.heard === id) {
      this.#deaf();
      return;
    }
    this.#deaf();
    const call = this.#live.calls.get(id);
    if (call?.state !== "answered") return;
    this.#ear = new Ear(id);
    this.heard = id;
    try {
      await this.#ear.open();
      this.trouble = "";
    } catch {
      this.#deaf();
      this.trouble = "listen";
    }
  }

  #deaf() {
    this.#ear?.close();
    this.#ear = null;
    this.heard = null;
  }

  // ---- a voice in the call

  async #whisper(id) {
    const on = this.spoken !== id;
    this.#quiet();
    if (!on || this.#live.calls.get(id)?.state !== "answered") return;
    this.#mouth = new Mouth(id);
    this.spoken = id;
    try {
      await this.#mouth.open();
      this.trouble = "";
    } catch {
      this.#quiet();
      this.trouble = "whisper";
    }
  }

  /** The caller hears the supervisor too: first the operator, then, by a second decision, both. */
  async #join(id) {
    if (this.spoken !== id) await this.#whisper(id);
    if (this.spoken !== id) return;
    try {
      await this.#mouth.aloud(!this.joined);
      this.joined = !this.joined;
    } catch {
      this.trouble = "whisper";
    }
  }

  #quiet() {
    this.#mouth?.close();
    this.#mouth = null;
    this.spoken = null;
    this.joined = false;
  }

  async #takeOver(id) {
    this.#deaf();
    this.#quiet();
    if (!this.own || !(await this.own.standBy())) {
      this.trouble = this.own?.trouble || "whisper";
      return;
    }
    await this.#act("takeover", { call: id });
    if (!this.trouble) location.hash = "seat";
  }

  async #act(act, body) {
    try {
      await api.supervise(act, body);
      this.trouble = "";
    } catch (refusal) {
      this.trouble = refusal.word;
    }
  }

  #key(event) {
    if (event.target.closest?.("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.#step(event);
    else if (event.code === "KeyL" && this.chosen) this.#listen(this.chosen);
    else if (event.code === "KeyW" && this.chosen) this.#whisper(this.chosen);
    else if (event.code === "KeyJ" && this.chosen) this.#join(this.chosen);
    else if (event.code === "KeyK" && this.chosen) this.#takeOver(this.chosen);
    else if (event.code === "KeyO") this.querySelector("#handover-notes")?.focus();
    else if (event.code === "KeyU" && this.seat) this.#pause(this.#live.seats.get(this.seat));
    else if (event.key === "Enter" && event.target.matches?.("tr[data-id]")) this.chosen = event.target.dataset.id;
  }

  #step(event) {
    const rows = [...this.querySelectorAll("tr[data-id]")];
    if (rows.length === 0) return;
    event.preventDefault();
    const at = rows.findIndex((row) => row.dataset.id === this.chosen);
    const row = rows[Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), rows.length - 1)];
    this.chosen = row.dataset.id;
    row.focus();
  }

  #pause(seat) {
    this.#act(seat.state === "paused" ? "resume" : "pause", { seat: seat.seat });
  }

  // ---- rendering

  render() {
    document.title = `${t("shift.nav")} — Anti Call-Centre`;
    const open = this.#open;
    return html`
      <a class="skip" href="#main">${t("skip")}</a>
      ${topBar(this, "shift", this.#link())}
      <main class="main" id="main">
        <h1 class="sr">${t("shift.nav")}</h1>
        ${this.trouble ? note("warn", t(["listen", "whisper"].includes(this.trouble) ? `shift.trouble.${this.trouble}` : `seat.trouble.${this.trouble}`), "alert") : ""}
        ${this.#tiles(open)}
        <div class="grid main-side">
          <section class="panel list" aria-labelledby="open-h">
            <header><h2 id="open-h">${t("shift.calls")}</h2><span class="t3 end">${open.length}</span></header>
            ${open.length === 0 ? html`<p class="pad t2 s13">${t("shift.calls.none")}</p>` : this.#table(open)}
          </section>
          <div class="stack">${this.#seats()}${this.#queues()}<acc-proposals .tongue=${this.tongue}></acc-proposals><acc-handover .tongue=${this.tongue}></acc-handover></div>
        </div>
      </main>
      <footer class="keys" aria-label=${t("keys")}>
        <span><kbd>↑</kbd> <kbd>↓</kbd> ${t("keys.rows")}</span>
        <span><kbd>L</kbd> ${t("shift.listen")}</span>
        <span><kbd>W</kbd> ${t("shift.whisper")}</span>
        <span><kbd>J</kbd> ${t("shift.join")}</span>
        <span><kbd>K</kbd> ${t("shift.takeover")}</span>
        <span><kbd>U</kbd> ${t("shift.pause")}</span>
      </footer>
    `;
  }

  #link() {
    return html`<span id="link">
      ${
        this.#live.linked
          ? html`${icon("s-ok", "ok")}${t("link.ok")}`
          : html`${icon("s-warn", "warn")}<b class="warn">${t("link.lost", { span: span(this.now - this.#live.lostAt) })}</b>`
      }
    </span>`;
  }

  #tiles(open) {
    const seats = [...this.#live.seats.values()];
    const count = (...states) => seats.filter((seat) => states.includes(seat.state)).length;
    const waiting = open.filter((call) => call.state !== "answered");
    const longest = waiting.length ? span(this.now - Date.parse(waiting[0].offeredAt)) : "—";
    const { outlook } = this;
    const percent = (share) => (share === null || share === undefined ? "—" : `${number(Math.round(100 * share))} %`);
    const tile = (key, value, more = "") => html`<div class="tile">
      <div class="label">${t(key)}</div>
      <div class="val">${value} <small>${more}</small></div>
    </div>`;
    return html`<section class="tiles" aria-label=${t("shift.board")}>
      ${tile("tile.queued", waiting.length)} ${tile("tile.longest", longest)}
      ${tile("shift.level", percent(outlook?.inTime), t("shift.level.of"))}
      ${tile("shift.expected", percent(outlook?.expectedInTime), outlook ? t("shift.expected.of", { wait: span(1_000 * outlook.expectedWaitSeconds) }) : "")}
      ${tile("shift.wanted", outlook ? number(outlook.seatsWanted) : "—", outlook ? t("tile.of", { n: outlook.atWork }) : "")}
      ${tile("tile.talking", count("on-call"))}
      ${tile("tile.ready", count("ready"), t("tile.of", { n: seats.length - count("offline") }))}
      ${tile("shift.paper", count("wrap-up"))} ${tile("shift.paused", count("paused"))}
    </section>`;
  }

  #table(open) {
    return html`<table class="tbl" role="grid" aria-labelledby="open-h">
      <thead>
        <tr>
          <th>${t("col.caller")}</th><th>${t("col.callee")}</th><th class="lo">${t("fact.rule")}</th><th>${t("col.state")}</th>
          <th class="num">${t("col.span")}</th><th><span class="sr">${t("shift.actions")}</span></th>
        </tr>
      </thead>
      <tbody>
        ${repeat(open, (call) => call.id, (call, i) => this.#row(call, i))}
      </tbody>
    </table>`;
  }

  #row(call, i) {
    const talks = call.state === "answered";
    const first = this.chosen ? call.id === this.chosen : i === 0;
    return html`<tr data-id=${call.id} tabindex=${first ? "0" : "-1"} aria-selected=${call.id === this.chosen ? "true" : "false"}
      @click=${() => (this.chosen = call.id)}>
      <td class="nw">${numberText(call.caller)}<span class="sub">${country(call.caller.country)}</span></td>
      <td class="nw">${numberText(call.callee)}</td>
      <td class="lo">${call.rule ?? ""}</td>
      <td class="nw">${stateBadge(call)}<span class="sub">${call.seat ? t("seat.n", { seat: call.seat }) : ""}</span></td>
      <td class="num">${span(this.now - Date.parse(talks ? call.changedAt : call.offeredAt))}</td>
      <td class="num"><span class="row tight nowrap end">
        ${
          talks
            ? html`<button class="btn" data-act="listen" aria-pressed=${this.heard === call.id ? "true" : "false"} @click=${() => this.#listen(call.id)}>
                ${icon("ear")}${t(this.heard === call.id ? "shift.deaf" : "shift.listen")}</button>
              ${call.id === this.chosen ? this.#voice(call) : ""}`
            : html`<button class="btn" data-act="release" @click=${() => this.#act("release", { call: call.id })}>${icon("connect")}${t("seat.connect.short")}</button>`
        }
        <button class="btn danger" data-act="end" @click=${() => this.#act("end", { call: call.id })}>${icon("end")}${t("seat.end")}</button>
      </span></td>
    </tr>`;
  }

  /** What can be said in the chosen call. */
  #voice(call) {
    const here = this.spoken === call.id;
    const button = (act, shape, word, pressed, what) => html`<button class="btn" data-act=${act} aria-pressed=${pressed ? "true" : "false"}
      @click=${what}>${icon(shape)}${t(word)}</button>`;
    return html`${button("whisper", "mic", here ? "shift.hush" : "shift.whisper", here, () => this.#whisper(call.id))}
      ${button("join", "people", this.joined && here ? "shift.unjoin" : "shift.join", here && this.joined, () => this.#join(call.id))}
      ${button("takeover", "answer", "shift.takeover", false, () => this.#takeOver(call.id))}`;
  }

  /** Calls by what they need of an operator. */
  #queues() {
    const queues = this.outlook?.queues ?? [];
    if (queues.length < 2) return "";
    return html`<section class="panel" aria-labelledby="queues-h">
      <header><h2 id="queues-h">${t("shift.queues")}</h2></header>
      <table class="tbl" aria-labelledby="queues-h">
        <thead><tr><th>${t("shift.queue")}</th><th class="num">${t("tile.queued")}</th><th class="num">${t("tile.longest")}</th><th class="num">${t("tile.talking")}</th><th class="num">${t("tile.ready")}</th></tr></thead>
        <tbody>
          ${queues.map(
            (queue) => html`<tr>
              <td>${queue.name === "rest" ? t("shift.queue.rest") : queue.name}</td>
              <td class="num">${number(queue.waiting)}</td>
              <td class="num">${queue.waiting ? span(1_000 * queue.longestWaitSeconds) : "—"}</td>
              <td class="num">${number(queue.answered)}</td>
              <td class="num">${number(queue.ready)} <span class="t3">${t("tile.of", { n: queue.atWork })}</span></td>
            </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  #seats() {
    const seats = [...this.#live.seats.values()];
    return html`<section class="panel" aria-labelledby="seats-h">
      <header><h2 id="seats-h">${t("shift.seats")}</h2><span class="t3 end">${seats.length}</span></header>
      ${
        seats.length === 0
          ? html`<p class="pad t2 s13">${t("shift.seats.none")}</p>`
          : html`<ul class="roster">${repeat(seats, (seat) => seat.seat, (seat) => this.#seatLine(seat))}</ul>`
      }
    </section>`;
  }

  #seatLine(seat) {
    const away = seat.state === "offline";
    const reason = seat.misses > 0 && seat.state === "paused" ? t("seat.paused.misses.short", { n: seat.misses }) : (seat.pauseReason ?? "");
    return html`<li data-seat=${seat.seat} aria-current=${this.seat === seat.seat ? "true" : "false"} @click=${() => (this.seat = seat.seat)}>
      <b class="m">${seat.seat}</b>
      <span class="t2">${icon(SHAPES[seat.state])} ${t(`seat.word.${seat.state}`)} <span class="t3">${reason}</span></span>
      <span class="t3 nw">${away ? "" : html`<span title=${clock(seat.since)}>${span(this.now - Date.parse(seat.since))}</span>`}</span>
      ${
        away
          ? html`<span></span>`
          : html`<button class="btn quiet" data-act="pause" @click=${() => this.#pause(seat)}>
              ${t(seat.state === "paused" ? "shift.resume" : "seat.pause")}</button>`
      }
    </li>`;
  }
}

customElements.define("acc-shift", Shift);
