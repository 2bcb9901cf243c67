// The diverted calls, live: who rang whom, why the call is at the desk, where it stands.
import { LitElement, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { boardTiles } from "./board-tiles.js";
import { clock, country, span } from "./format.js";
import { fieldOf, isCommand, isLetter, stepRow } from "./keys.js";
import { Live } from "./live.js";
import { byArrival, icon, isOver, note, numberText, ruleMark, seatOf, stateBadge } from "./parts.js";
import { Repeating } from "./repeating.js";
import { linkState, page, signedOut } from "./topbar.js";
import { said, t } from "./words.js";
import "./receipt.js";

const MOST_ROWS = 200;
const ANNOUNCE_MS = 10_000;

class Calls extends LitElement {
  static properties = {
    session: {},
    tongue: {},
    theme: {},
    filter: { state: true },
    onlyOpen: { state: true },
    chosen: { state: true },
    now: { state: true },
    announced: { state: true },
  };

  #live = new Live();
  #onKey = (event) => this.#key(event);

  constructor() {
    super();
    new Repeating(this, 1_000, () => (this.now = Date.now()));
    new Repeating(this, ANNOUNCE_MS, () => (this.announced = this.#summary()));
    this.filter = "";
    this.onlyOpen = false;
    this.chosen = null;
    this.now = Date.now();
    this.announced = "";
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#live.addEventListener("change", () => this.requestUpdate());
    this.#live.addEventListener("link", () => this.requestUpdate());
    this.#live.addEventListener("signed-out", () => signedOut(this));
    this.#live.start();
    addEventListener("keydown", this.#onKey);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#live.stop();
    removeEventListener("keydown", this.#onKey);
  }

  // ---- what is shown ----

  #count(...states) {
    return [...this.#live.calls.values()].filter((call) => states.includes(call.state)).length;
  }

  #rows() {
    const wanted = this.filter.trim().toLowerCase();
    return [...this.#live.calls.values()]
      .filter((call) => !this.onlyOpen || !isOver(call))
      .filter((call) => !wanted || this.#matches(call, wanted))
      .sort((a, b) => byArrival(b, a));
  }

  #matches(call, wanted) {
    const digits = wanted.replace(/[\s+()-]/g, "");
    const caller = call.caller.text.replace(/\s/g, "");
    if (/^\d+$/.test(digits) && caller.includes(digits)) return true;
    return [call.rule, said(call.reason), call.seat, call.trunk, call.id, country(call.caller.country), numberText(call.callee)]
      .some((text) => text?.toLowerCase().includes(wanted));
  }

  #summary() {
    return t("announce", { queued: this.#count("queued", "offered"), ringing: this.#count("ringing") });
  }

  // ---- keys ----

  #key(event) {
    const arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (arrow && (isCommand(event) || fieldOf(event)?.id === "filter")) {
      stepRow(event, this, document.activeElement?.closest?.("tr[data-id]") ?? this.querySelector('tr[aria-selected="true"]'));
    } else if (isCommand(event) && event.key === "Enter" && event.target.matches?.("tr[data-id]")) {
      this.chosen = event.target.dataset.id;
    } else if (isLetter(event) || event.code === "F4") {
      this.querySelector("acc-receipt")?.key(event);
    }
  }

  // ---- rendering ----

  render() {
    document.title = `${t("calls.title")} — Anti Call-Centre`;
    const rows = this.#rows();
    const chosen = this.#live.calls.get(this.chosen);
    const keys = [["/", "keys.search"], ["↑ ↓", "keys.rows"], ["Enter", "keys.open"], ["V", "keys.number"]];
    if (this.session.permissions.includes("release-calls")) keys.push(["F4", "release"]);
    return page(
      this,
      "calls",
      html`<div class="page-head">
          <h1>${t("calls.title")}</h1>
          <span class="t2 s13">${t("calls.subtitle")}</span>
        </div>
        ${boardTiles(this.#live, this.now)} ${this.#search(rows)}
        <div class="grid main-side">
          <section class="panel list" aria-label=${t("calls.title")}>
            ${rows.length === 0 ? this.#empty() : this.#table(rows)}
          </section>
          <acc-receipt .call=${chosen} .session=${this.session} .tongue=${this.tongue} .now=${this.now}></acc-receipt>
        </div>
        <div class="sr" role="status">${this.announced}</div>`,
      { keys, health: linkState(this.#live, this.now) },
    );
  }

  #search(rows) {
    const all = this.#live.calls.size;
    const open = [...this.#live.calls.values()].filter((call) => !isOver(call)).length;
    const pressed = (is) => (is ? "true" : "false");
    return html`<form class="panel pad row" role="search" aria-label=${t("search")} @submit=${(event) => event.preventDefault()}>
      <label class="t2 s13 row tight" for="filter">${icon("search")}${t("search.label")}</label>
      <input class="in w-l" id="filter" type="search" autocomplete="off" spellcheck="false" .value=${this.filter}
        @input=${(event) => (this.filter = event.target.value)} />
      <span class="group" role="group" aria-label=${t("search.which")}>
        <button type="button" class="btn" aria-pressed=${pressed(!this.onlyOpen)} @click=${() => (this.onlyOpen = false)}>
          ${t("search.all")} <span class="t3">${all}</span>
        </button>
        <button type="button" class="btn" aria-pressed=${pressed(this.onlyOpen)} @click=${() => (this.onlyOpen = true)}>
          ${t("search.open")} <span class="t3">${open}</span>
        </button>
      </span>
      <span class="t2 s13 end">${t("search.found", { n: rows.length })}</span>
    </form>`;
  }

  #empty() {
    if (this.#live.calls.size > 0) {
      return html`<div class="empty">${icon("search")}<h2>${t("none.found")}</h2><p>${t("none.found.text")}</p></div>`;
    }
    if (!this.#live.linked) {
      return html`<div class="pad">${note("info", t("none.waiting"), "status")}</div>`;
    }
    return html`<div class="empty">${icon("st-ready")}<h2>${t("none")}</h2><p class="text">${t("none.text")}</p></div>`;
  }

  #table(rows) {
    const shown = rows.slice(0, MOST_ROWS);
    const first = shown.some((call) => call.id === this.chosen) ? this.chosen : shown[0].id;
    return html`<table class="tbl" role="grid" aria-label=${t("calls.title")} aria-rowcount=${rows.length}>
        <thead>
          <tr>
            <th aria-sort="descending">${t("col.time")}</th>
            <th>${t("col.caller")}</th>
            <th>${t("col.callee")}</th>
            <th>${t("col.why")}</th>
            <th>${t("col.state")}</th>
            <th class="num">${t("col.span")}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(shown, (call) => call.id, (call) => this.#row(call, first))}
        </tbody>
      </table>
      ${
        rows.length > shown.length
          ? html`<footer class="s12 t3">${t("search.cut", { shown: shown.length, n: rows.length })}</footer>`
          : ""
      }`;
  }

  #row(call, first) {
    const end = isOver(call) ? Date.parse(call.changedAt) : this.now;
    return html`<tr
      data-id=${call.id}
      tabindex=${call.id === first ? "0" : "-1"}
      aria-selected=${call.id === this.chosen ? "true" : "false"}
      @click=${() => (this.chosen = call.id)}
    >
      <td class="nw">${clock(call.at)}</td>
      <td class="nw">${numberText(call.caller)}<span class="sub">${country(call.caller.country)}</span></td>
      <td class="nw">${numberText(call.callee)}</td>
      <td class="why-cell">
        <span class="why-text ${call.reason ? "" : "t2"}">${ruleMark(call)}${call.reason ? said(call.reason) : t("reason.waiting")}</span>
      </td>
      <td class="nw">${stateBadge(call)}<span class="sub">${isOver(call) && call.state !== "ended" ? "" : seatOf(call)}</span></td>
      <td class="num">${span(end - Date.parse(call.offeredAt))}</td>
    </tr>`;
  }
}

customElements.define("acc-calls", Calls);
