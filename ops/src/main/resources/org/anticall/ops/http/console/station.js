// The operator's place: the state of the seat, the call that rings or is talked on, why it is here, what to say, what it was.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { clock, country, day, span } from "./format.js";
import { icon, note, numberText } from "./parts.js";
import { earlier, why } from "./reasons.js";
import { Repeating } from "./repeating.js";
import { topBar } from "./topbar.js";
import { check, own, queue } from "./waiting.js";
import { language, t } from "./words.js";
import "./block.js";
import "./handover.js";
import "./outcome.js";
import "./script.js";

const REASONS = ["break", "meal", "training", "other"];
const NOTE_PAUSE_MS = 700;
const ALWAYS = { F2: "answer", F4: "connect", F8: "mute", F9: "end" };

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
    noteState: { state: true },
    picking: { state: true },
    today: { state: true },
    devices: { state: true },
  };

  #saving = 0;
  #shown = "";
  #looked = "";
  #unsaved = null;
  #onChange = () => this.requestUpdate();
  #onKey = (event) => this.#key(event);

  constructor() {
    super();
    new Repeating(this, 250, () => (this.now = Date.now()));
    this.now = Date.now();
    this.noteState = "";
    this.picking = false;
    this.devices = [];
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.seat.addEventListener("change", this.#onChange);
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
      this.noteState = "";
      this.#unsaved = null;
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

  /** What the page is about: offline, paused, ready, ringing, talking, wrapup. */
  get #mode() {
    const { seat } = this;
    const state = seat.status?.state ?? "offline";
    if (seat.offer?.talking) return "talking";
    if (state === "ringing") return "ringing";
    if (state === "on-call") return "talking";
    if (state === "wrap-up" || seat.status?.unfiled) return "wrapup";
    return state === "ready" || state === "paused" ? state : "offline";
  }

  // ---- keys: letters are places on the keyboard, silent while a field has the focus

  #key(event) {
    const always = ALWAYS[event.code];
    const typing = event.target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select");
    if (always) {
      event.preventDefault();
      this.#do(always);
    } else if (event.code === "Enter" && event.ctrlKey) {
      event.preventDefault();
      this.querySelector("acc-outcome")?.file();
    } else if (event.key === "Escape" && typing) {
      typing.blur();
    } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.#letter(event);
    }
  }

  #letter(event) {
    const digit = /^(?:Digit|Numpad)([1-8])$/.exec(event.code)?.[1];
    if (digit && this.picking && REASONS[digit - 1]) this.#pause(REASONS[digit - 1]);
    else if (digit) this.querySelector("acc-outcome")?.choose(Number(digit));
    else if (event.code === "KeyT") this.#into(event, "textarea");
    else if (event.code === "KeyR") this.#do("ready");
    else if (event.code === "KeyH") this.#do("hold");
    else if (event.code === "KeyN") this.#do("next");
    else if (event.code === "KeyV") this.#show();
    else if (event.code === "KeyB") this.#into(event, "acc-block", (form) => form.toggle());
    else if (event.code === "KeyO") this.#into(event, "#handover-notes");
    else if (event.code === "KeyM") this.#do("longer");
    else if (event.code === "KeyP") this.picking = !this.picking;
  }

  #into(event, place, what = (found) => found.focus()) {
    event.preventDefault();
    const found = this.querySelector(place);
    if (found) what(found);
  }

  #do(act) {
    const { seat } = this;
    const mode = this.#mode;
    if (act === "answer" && mode === "ringing") seat.answer();
    if (act === "connect" && (mode === "ringing" || mode === "talking")) seat.passOn();
    if (act === "mute") seat.mute();
    if (act === "hold" && mode === "talking") seat.hold();
    if (act === "end" && mode === "talking") seat.end();
    if (act === "next" && mode === "ringing") seat.decline();
    if (act === "longer" && mode === "wrapup") seat.longer();
    if (act === "ready" && (mode === "offline" || mode === "paused")) seat.ready();
  }

  #pause(reason) {
    this.picking = false;
    this.seat.pause(reason);
  }

  async #show() {
    const id = this.seat.call?.id;
    if (!id || this.full || this.#mode === "ringing") return;
    try {
      this.full = await api.numbers(id);
    } catch (refusal) {
      this.seat.trouble = refusal.word;
    }
  }

  // ---- notes save themselves

  #wrote(text) {
    this.#unsaved = { id: this.#shown, text };
    this.noteState = "writing";
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), NOTE_PAUSE_MS);
  }

  async #save() {
    const unsaved = this.#unsaved;
    if (!unsaved) return;
    try {
      await api.keepNote(unsaved.id, unsaved.text);
      if (this.#unsaved === unsaved) {
        this.#unsaved = null;
        this.noteState = "kept";
      }
    } catch {
      this.noteState = "here";
      this.#saving = setTimeout(() => this.#save(), 2_000);
    }
  }

  // ---- rendering

  render() {
    const mode = this.#mode;
    const call = this.seat.call;
    this.#title(mode, call);
    return html`
      <a class="skip" href="#main">${t("skip")}</a>
      ${topBar(this, "seat", this.#link())} ${this.#stateBar(mode)}
      <p class="sr" role="alert">${mode === "ringing" && call ? t("seat.alert", { from: this.#from(call) }) : ""}</p>
      <main class="main fill" id="main" data-call=${mode}>
        ${this.#trouble()} ${call && mode !== "ready" ? this.#withCall(mode, call) : this.#withoutCall(mode)}
      </main>
      ${this.#keys(mode)}
    `;
  }

  #title(mode, call) {
    const title = mode === "ringing" && call ? `(!) ${t("seat.ringing")} — ${numberText(call.caller)}` : t("seat.nav");
    document.title = `${title} — Anti Call-Centre`;
  }

  #from(call) {
    return country(call.caller.country) || numberText(call.caller);
  }

  #link() {
    const { live } = this.seat;
    return html`<span id="link">
      ${
        live.linked
          ? html`${icon("s-ok", "ok")}${t("link.ok")}`
          : html`${icon("s-warn", "warn")}<b class="warn">${t("link.lost", { span: span(this.now - live.lostAt) })}</b>`
      }
    </span>`;
  }

  #trouble() {
    const { seat } = this;
    const word = !seat.live.linked && seat.offer ? "unlinked" : seat.silentSince ? "silent" : seat.trouble;
    if (!word) return "";
    const own = t(`seat.trouble.${word}`);
    return note("warn", own === `seat.trouble.${word}` ? t(`trouble.${word}`) : own, "alert");
  }

  #stateBar(mode) {
    const { seat } = this;
    const status = seat.status;
    const since = status ? this.now - Date.parse(status.since) : 0;
    const left = status?.until ? span(Date.parse(status.until) - this.now + 999) : "";
    const look = {
      offline: ["pause", "st-off"],
      paused: ["pause", "st-pause"],
      ready: ["ready", "st-ready"],
      ringing: ["ring", "st-ring"],
      talking: ["talk", "st-talk"],
      wrapup: ["wrap", "st-wrap"],
    }[mode];
    return html`<section class="statebar" aria-label=${t("seat.state")}>
      <span class="state ${look[0]}" id="state">
        ${icon(look[1])}${t(`seat.mode.${mode}`)}
        ${mode === "offline" ? "" : html`<span class="timer">${span(since)}</span>`}
      </span>
      ${this.#stateWords(mode, left)}
      <span class="row nowrap wide end">
        ${seat.isOpen ? this.#microphone() : ""}
        ${mode === "ready" ? this.#pauseButton() : ""}
        ${
          mode === "paused" && !status.unfiled
            ? html`<button class="btn primary" id="ready" @click=${() => seat.ready()}>${icon("st-ready")}${t("seat.ready")} <kbd>R</kbd></button>`
            : ""
        }
        ${
          mode === "ready" || mode === "paused"
            ? html`<button class="btn quiet" @click=${() => seat.leave()}>${t("seat.leave")}</button>`
            : ""
        }
      </span>
    </section>`;
  }

  #stateWords(mode, left) {
    const { seat } = this;
    const plain = (text) => html`<span class="t2 s13">${text}</span>`;
    if (mode === "ringing") return plain(t("seat.ringing.left", { left }));
    if (mode === "paused") return plain(this.#pauseReason());
    if (mode === "talking" && seat.whisper) {
      return html`<span class="v v-plain" role="status">${icon("ear")}${t(seat.whisper.aloud ? "seat.whisper.aloud" : "seat.whisper")}</span>`;
    }
    if (mode === "talking" && seat.connecting) return plain(t("seat.connecting"));
    if (mode === "talking" && seat.held) return html`<span class="v v-plain">${icon("hold")}${t("seat.held")}</span>`;
    if (mode === "talking" && seat.muted) return html`<span class="v v-plain">${icon("mute")}${t("seat.muted")}</span>`;
    if (mode !== "wrapup") return "";
    return html`${plain(left ? t("seat.wrapup.left", { left }) : t("seat.wrapup.over"))}
      ${left ? html`<button class="btn" @click=${() => seat.longer()}>${icon("plus")}${t("seat.longer")} <kbd>M</kbd></button>` : ""}`;
  }

  #pauseReason() {
    const { pauseReason, misses } = this.seat.status;
    if (misses > 0) return t("seat.paused.misses", { n: misses });
    if (pauseReason === "standing by") return t("seat.standing-by");
    return REASONS.includes(pauseReason) ? t(`seat.pause.${pauseReason}`) : (pauseReason ?? "");
  }

  #microphone() {
    const lit = Math.ceil(this.seat.level * 5);
    return html`<span class="link-q">
      ${icon("mic")}<span class="mic" aria-hidden="true">${[0, 1, 2, 3, 4].map((i) => html`<i class=${i < lit ? "on" : ""}></i>`)}</span>
      <b>${t("seat.microphone")}</b>
    </span>`;
  }

  #pauseButton() {
    if (!this.picking) {
      return html`<button class="btn" id="pause" @click=${() => (this.picking = true)}>${icon("st-pause")}${t("seat.pause")} <kbd>P</kbd></button>`;
    }
    return html`<span class="group" role="group" aria-label=${t("seat.pause")}>
      ${REASONS.map(
        (reason, i) => html`<button class="btn" @click=${() => this.#pause(reason)}>${t(`seat.pause.${reason}`)} <kbd>${i + 1}</kbd></button>`,
      )}
    </span>`;
  }

  // ---- without a call

  #withoutCall(mode) {
    return html`<div class="call">
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
      <div class="grid">${queue(this.seat.live, this.now)}${own(this.today ?? {})}</div>
      <div class="grid"><acc-handover .tongue=${language()}></acc-handover>${check(this.seat, this.devices, this.#microphone(), () => this.#findDevices())}</div>
    </div>`;
  }

  // ---- with a call

  #withCall(mode, call) {
    return html`<div class="call">
      ${this.#card(mode, call)}
      <div class="grid">${why(call, this.papers)}${earlier(this.papers)}</div>
      <div class="grid ${mode === "wrapup" ? "" : "r3"}">
        ${mode === "wrapup" ? "" : html`<acc-script .tongue=${language()}></acc-script>`}
        ${this.#notes()}
        <acc-outcome .call=${call.id} .released=${call.outcome === "released"} .mode=${mode} .tongue=${language()} @filed=${() => this.#save()}></acc-outcome>
      </div>
    </div>`;
  }

  #card(mode, call) {
    const shape = { ringing: "st-ring", talking: "st-talk", wrapup: "st-wrap" }[mode] ?? "st-wrap";
    return html`<section class="card live" aria-labelledby="card-h" id="card">
      <div class="bar">
        <span class=${mode === "ringing" ? "pulse" : ""}>${icon(shape, "l")}</span>
        <h1 class="s16 b" id="card-h">${t(`seat.card.${mode}`)}</h1>
        ${mode === "talking" ? html`<span class="timer s18 end">${span(this.now - Date.parse(call.changedAt))}</span>` : ""}
      </div>
      <div class="who">
        <div>
          <div class="label">${t("seat.caller")}</div>
          <div class="n">${numberText(call.caller)}</div>
          <div class="t2 s13">${country(call.caller.country)}</div>
        </div>
        <div class="rule-line"></div>
        ${this.#callee(mode, call)}
        <div class="rule-line"></div>
        ${this.#facts(mode, call)}
      </div>
      ${this.#actions(mode)}
      ${mode === "ringing" ? "" : html`<acc-block class="pad" .call=${call.id} .tongue=${language()}></acc-block>`}
    </section>`;
  }

  #callee(mode, call) {
    const shown = this.full ? this.full.callee : call.callee;
    return html`<div>
      <div class="label">${t("seat.callee")}</div>
      <div class="row base">
        <span class="s22 m nw" id="callee">${numberText(shown)}</span>
        ${
          mode !== "ringing" && !this.full
            ? html`<button class="btn quiet end" @click=${() => this.#show()}>${icon("eye")}${t("number.show")} <kbd>V</kbd></button>`
            : ""
        }
      </div>
      <div class="t3 s12 mt1">${icon("lock")} ${t(mode === "ringing" ? "seat.callee.later" : "seat.callee.recorded")}</div>
    </div>`;
  }

  #facts(mode, call) {
    const pair = (key, value) => (value ? html`<dt>${t(key)}</dt><dd>${value}</dd>` : "");
    const ladder = this.record?.verdict.ladder;
    return html`<dl class="dl">
      ${pair("fact.trunk", call.trunk)} ${pair("seat.since", `${day(call.offeredAt)} ${clock(call.offeredAt)}`)}
      ${mode === "ringing" && ladder ? pair("seat.otherwise", ladder.map((step) => t(`ladder.${step}`)).join(", ")) : ""}
      <dt>${t("seat.record")}</dt><dd class="mono">${call.id}</dd>
    </dl>`;
  }

  #actions(mode) {
    const { seat } = this;
    const button = (act, shape, word, key, kind) =>
      html`<button class="btn ${kind}" data-act=${act} @click=${() => this.#do(act)}>${icon(shape)}${word} <kbd>${key}</kbd></button>`;
    if (mode === "ringing") {
      return html`<div class="acts">
        ${button("answer", "answer", t("seat.answer"), "F2", "primary big wide")}
        ${button("connect", "connect", t("seat.connect"), "F4", "big wide")}
        ${button("next", "arrow", t("seat.next"), "N", "wide")}
      </div>`;
    }
    if (mode !== "talking") return "";
    return html`<div class="acts">
      ${button("mute", "mute", t(seat.muted ? "seat.unmute" : "seat.mute"), "F8", "big")}
      ${button("hold", "hold", t(seat.held ? "seat.resume" : "seat.hold"), "H", "big")}
      ${button("connect", seat.connecting ? "undo" : "connect", t(seat.connecting ? "seat.undo" : "seat.connect.short"), "F4", "big")}
      ${button("end", "end", t("seat.end"), "F9", "danger big")}
    </div>`;
  }

  #notes() {
    return html`<section class="panel col" aria-labelledby="notes-h">
      <header>
        <h2 id="notes-h">${t("seat.notes")}</h2><kbd>T</kbd>
        <span class="t3 end" role="status" id="note-state">${this.noteState ? t(`seat.notes.${this.noteState}`) : ""}</span>
      </header>
      <div class="pad">
        <p class="t2 s12" id="notes-d">${t("seat.notes.what")}</p>
        <textarea class="in" rows="3" maxlength="4000" aria-labelledby="notes-h" aria-describedby="notes-d"
          .value=${this.#unsaved?.text ?? this.papers?.note ?? ""} @input=${(event) => this.#wrote(event.target.value)}></textarea>
      </div>
    </section>`;
  }

  #keys(mode) {
    const key = (name, word) => html`<span><kbd>${name}</kbd> ${word}</span>`;
    return html`<footer class="keys" aria-label=${t("keys")}>
      ${mode === "offline" || mode === "paused" ? key("R", t("seat.ready")) : ""}
      ${mode === "ready" ? key("P", t("seat.pause")) : ""}
      ${mode === "ringing" ? key("F2", t("seat.answer")) : ""}
      ${mode === "ringing" || mode === "talking" ? key("F4", t("seat.connect.short")) : ""}
      ${mode === "talking" ? html`${key("F8", t("seat.mute"))}${key("H", t("seat.hold"))}${key("F9", t("seat.end"))}` : ""}
      ${mode === "talking" || mode === "wrapup" ? html`${key("T", t("seat.notes"))}${key("1–8", t("seat.outcome"))}${key("B", t("block.propose"))}${key("Ctrl Enter", t("seat.file"))}` : ""}
      <span class="end"><kbd>Esc</kbd> ${t("keys.leave")}</span>
    </footer>`;
  }
}

customElements.define("acc-station", Station);
