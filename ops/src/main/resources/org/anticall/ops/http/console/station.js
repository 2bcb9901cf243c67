// The operator's place: the state of the seat, the call that rings or is talked on, why it is here, what to say, what it was.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { boardTiles } from "./board-tiles.js";
import { callCard } from "./call-card.js";
import { country } from "./format.js";
import { hasRelay } from "./health.js";
import { isLetter } from "./keys.js";
import { icon, note, numberText } from "./parts.js";
import { earlier, why } from "./reasons.js";
import { Repeating } from "./repeating.js";
import { modeOf, microphone, PAUSES, stateBar } from "./state-bar.js";
import { TestCall } from "./test-call.js";
import { linkState, page } from "./topbar.js";
import { check, latest, own, queue } from "./waiting.js";
import { language, t } from "./words.js";
import "./call-notes.js";
import "./handover.js";
import "./outcome.js";
import "./script.js";

const ALWAYS = { F2: "answer", F4: "connect", F8: "mute", F9: "end" };
const KEYS = {
  offline: [["R", "seat.ready"], ["Y", "seat.test"], ["O", "handover"]],
  paused: [["R", "seat.ready"], ["Y", "seat.test"], ["O", "handover"]],
  ready: [["P", "seat.pause"], ["Y", "seat.test"], ["O", "handover"]],
  breather: [["R", "seat.ready"], ["O", "handover"]],
  ringing: [["F2", "seat.answer"], ["F4", "seat.connect.short"], ["N", "seat.next"], ["T", "seat.notes"]],
  talking: [["F4", "seat.connect.short"], ["F8", "seat.mute"], ["H", "seat.hold"], ["F9", "seat.end"], ["T", "seat.notes"], ["1–8", "seat.outcome"], ["B", "block.propose"]],
  wrapup: [["T", "seat.notes"], ["1–8", "seat.outcome"], ["M", "seat.longer"], ["B", "block.propose"], ["Ctrl Enter", "seat.file"]],
};

class Station extends LitElement {
  static properties = {
    session: {},
    seat: {},
    tongue: {},
    theme: {},
    now: { state: true },
    papers: { state: true },
    record: { state: true },
    full: { state: true },
    picking: { state: true },
    today: { state: true },
    devices: { state: true },
  };

  #test = new TestCall();
  #shown = "";
  #looked = "";
  #onChange = () => this.requestUpdate();
  #onKey = (event) => this.#key(event);

  constructor() {
    super();
    new Repeating(this, 250, () => (this.now = Date.now()));
    this.now = Date.now();
    this.picking = false;
    this.devices = [];
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.seat.addEventListener("change", this.#onChange);
    this.#test.addEventListener("change", this.#onChange);
    addEventListener("keydown", this.#onKey);
    this.#count();
    this.#findDevices();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.seat.removeEventListener("change", this.#onChange);
    removeEventListener("keydown", this.#onKey);
    document.title = "Anti Call-Centre";
  }

  willUpdate() {
    const id = this.seat.call?.id ?? "";
    if (id !== this.#shown) {
      this.#shown = id;
      this.papers = this.record = this.full = null;
      this.#looked = "";
      if (id) this.#load(id);
      else this.#count();
    }
    if (id && this.seat.call.reason && this.#looked !== id) {
      this.#looked = id; // once a call: each time is a look that is written down
      this.#look(id);
    }
  }

  async #load(id) {
    const papers = await api.papers(id).catch(() => null);
    if (this.#shown === id) this.papers = papers;
  }

  async #look(id) {
    const record = await api.receipt(id).catch(() => null);
    if (this.#shown === id) this.record = record;
  }

  async #count() {
    try {
      this.today = (await api.ownPapers()).today;
    } catch {
      this.today = null;
    }
  }

  async #findDevices() {
    this.devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  }

  // ---- keys

  #key(event) {
    const always = ALWAYS[event.code];
    if (always) {
      event.preventDefault();
      this.#do(always);
    } else if (event.code === "Enter" && event.ctrlKey) {
      event.preventDefault();
      this.querySelector("acc-outcome")?.file();
    } else if (isLetter(event)) {
      this.#letter(event);
    }
  }

  /** Letters are places on the keyboard, so that they work in every layout. */
  #letter(event) {
    const digit = /^(?:Digit|Numpad)([1-8])$/.exec(event.code)?.[1];
    if (digit && this.picking && PAUSES[digit - 1]) this.#pause(PAUSES[digit - 1]);
    else if (digit) this.querySelector("acc-outcome")?.choose(Number(digit));
    else if (event.code === "KeyT") this.#into(event, "acc-notes textarea");
    else if (event.code === "KeyR") this.#do("ready");
    else if (event.code === "KeyH") this.#do("hold");
    else if (event.code === "KeyN") this.#do("next");
    else if (event.code === "KeyV") this.#show();
    else if (event.code === "KeyB") this.#into(event, "acc-block", (form) => form.toggle());
    else if (event.code === "KeyO") this.#into(event, "#handover-notes");
    else if (event.code === "KeyM") this.#do("longer");
    else if (event.code === "KeyY") this.#try();
    else if (event.code === "KeyP" && modeOf(this.seat) === "ready") this.picking = !this.picking;
  }

  #into(event, place, what = (found) => found.focus()) {
    event.preventDefault();
    const found = this.querySelector(place);
    if (found) what(found);
  }

  #do(act) {
    const { seat } = this;
    const mode = modeOf(this.seat);
    if (act === "answer" && mode === "ringing") seat.answer();
    if (act === "connect" && (mode === "ringing" || mode === "talking")) seat.passOn();
    if (act === "mute") seat.mute();
    if (act === "hold" && mode === "talking") seat.hold();
    if (act === "end" && mode === "talking") seat.end();
    if (act === "next" && mode === "ringing") seat.decline();
    if (act === "longer" && mode === "wrapup") seat.longer();
    if (act === "ready" && ["offline", "paused", "breather"].includes(mode)) seat.ready();
  }

  #pause(reason) {
    this.picking = false;
    this.seat.pause(reason);
  }

  /** A test call, for which the microphone is opened. */
  async #try() {
    if (!["offline", "paused", "ready"].includes(modeOf(this.seat))) return;
    if (!this.seat.isOpen) {
      await this.seat.check();
      await this.#findDevices();
    }
    await this.#test.make(this.seat);
  }

  async #show() {
    const id = this.seat.call?.id;
    if (!id || this.full || modeOf(this.seat) === "ringing") return;
    try {
      this.full = await api.numbers(id);
    } catch (refusal) {
      this.seat.trouble = refusal.word;
    }
  }

  // ---- rendering

  render() {
    const mode = modeOf(this.seat);
    const { call } = this.seat;
    const rings = mode === "ringing" && call;
    document.title = `${rings ? `(!) ${t("seat.ringing")} — ${numberText(call.caller)}` : t("seat.nav")} — Anti Call-Centre`;
    return page(
      this,
      "seat",
      html`${this.#trouble()} ${call && mode !== "ready" && mode !== "breather" ? this.#withCall(mode, call) : this.#withoutCall(mode)}`,
      {
        keys: KEYS[mode],
        health: linkState(this.seat.live, this.now),
        call: mode,
        under: html`${stateBar(this.seat, mode, this.now, { picking: this.picking, pick: (on) => (this.picking = on), pause: (reason) => this.#pause(reason) })}
          <p class="sr" role="alert">${rings ? t("seat.alert", { from: country(call.caller.country) || numberText(call.caller) }) : ""}</p>`,
      },
    );
  }

  #trouble() {
    const { seat } = this;
    const word = !seat.live.linked && seat.offer ? "unlinked" : seat.silentSince ? "silent" : seat.trouble;
    if (!word) return hasRelay() || seat.offer ? "" : note("warn", t("seat.test.no-relay"), "status");
    const own = t(`seat.trouble.${word}`);
    return note("warn", own === `seat.trouble.${word}` ? t(`trouble.${word}`) : own, "alert");
  }

  #withoutCall(mode) {
    const { live } = this.seat;
    const test = { state: this.#test.state, make: () => this.#try() };
    const headset = check(this.seat, this.devices, microphone(this.seat), test, () => this.#findDevices());
    return html`<div class="grid">
      ${boardTiles(live, this.now)}
      <div class="grid main-side">
        <div class="grid">
          <section class="empty" aria-live="polite">
            ${icon(mode === "ready" ? "st-ready" : "st-off")}
            <h1 class="s18 t1">${t(`seat.none.${mode}`)}</h1>
            <p class="text">${t(`seat.none.${mode}.text`)}</p>
            ${
              mode === "offline"
                ? html`<button class="btn primary big" id="ready" @click=${() => this.seat.ready()}>${icon("st-ready")}${t("seat.ready")} <kbd>R</kbd></button>`
                : ""
            }
          </section>
          ${queue(live, this.now)} ${latest(live, this.session.account)}
        </div>
        <div class="grid">
          ${mode === "ready" ? "" : headset}
          <acc-handover .tongue=${language()}></acc-handover>
          ${own(this.today ?? {}, live, this.session.account)} ${mode === "ready" ? headset : ""}
        </div>
      </div>
    </div>`;
  }

  #withCall(mode, call) {
    const at = { mode, call, seat: this.seat, now: this.now, full: this.full, record: this.record };
    return html`<div class="call">
      ${callCard(at, (act) => this.#do(act), () => this.#show())}
      <div class="grid r3">
        ${why(call, this.papers)}${earlier(this.papers)}
        <acc-notes .call=${call.id} .kept=${this.papers?.note} .tongue=${language()}></acc-notes>
      </div>
      <div class="grid">
        ${mode === "wrapup" ? "" : html`<acc-script .tongue=${language()}></acc-script>`}
        <acc-outcome .call=${call.id} .released=${call.outcome === "released"} .mode=${mode} .tongue=${language()}
          @filed=${() => this.querySelector("acc-notes").save()}></acc-outcome>
      </div>
    </div>`;
  }
}

customElements.define("acc-station", Station);
