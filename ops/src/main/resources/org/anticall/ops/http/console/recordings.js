// Recordings of answered calls: how long each is kept, who has heard it, and one to be heard, with the reason why.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { clock, country, day, number } from "./format.js";
import { isCommand, stepRow } from "./keys.js";
import { refusalText } from "./order-parts.js";
import { icon, note, numberText } from "./parts.js";
import { page } from "./topbar.js";
import { t } from "./words.js";
import "./recording.js";

const PAGE = 100;

/** When the call came to the desk; where that is forgotten, when its recording was sealed. */
const timeOf = (each) => each.offeredAt ?? each.sealedAt;

class Recordings extends LitElement {
  static properties = { session: {}, tongue: {}, theme: {}, found: { state: true }, chosen: { state: true }, refusal: { state: true } };

  #onKey = (event) => this.#key(event);

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("keydown", this.#onKey);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#onKey);
  }

  async #load(before) {
    try {
      const more = await api.recordings(before);
      this.found = before ? { ...more, recordings: [...this.found.recordings, ...more.recordings] } : more;
      this.refusal = null;
    } catch (refusal) {
      this.refusal = refusal;
    }
  }

  #key(event) {
    if (!isCommand(event)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") stepRow(event, this);
    else if (event.key === "Enter" && event.target.matches?.("tr[data-id]")) this.chosen = event.target.dataset.id;
  }

  render() {
    document.title = `${t("recordings.title")} — Anti Call-Centre`;
    const all = this.found?.recordings ?? [];
    return page(
      this,
      "recordings",
      html`<div class="page-head"><h1>${t("recordings.title")}</h1><span class="t2 s13">${t("recordings.subtitle")}</span></div>
        ${this.refusal ? note("crit", refusalText(this.refusal), "alert") : ""}
        <div class="grid main-side">
          <section class="panel list" aria-label=${t("recordings.title")}>${all.length === 0 ? this.#none() : this.#table(all)}</section>
          <aside class="panel" aria-label=${t("recording")}>
            <header><h2>${t("recording")} ${this.chosen ? html`<span class="mono nw">${this.chosen}</span>` : ""}</h2></header>
            ${
              this.chosen
                ? html`<acc-recording class="under" .call=${this.chosen} .tongue=${this.tongue} @heard=${() => this.#load()}></acc-recording>`
                : html`<p class="pad t2 s13 text">${t("recordings.choose")}</p>`
            }
          </aside>
        </div>`,
      { keys: [["↑ ↓", "keys.orders"], ["Enter", "keys.openOrder"]] },
    );
  }

  #none() {
    if (!this.found) return "";
    const word = this.found.made ? "recordings.none" : "recordings.unmade";
    return html`<div class="empty">${icon("rec")}<h2>${t(word)}</h2><p class="text">${t(`${word}.text`)}</p></div>`;
  }

  /** In the order of the times that are shown, the newest first. */
  #table(sealed) {
    const all = [...sealed].sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1));
    const first = all.some((each) => each.call === this.chosen) ? this.chosen : all[0].call;
    return html`<table class="tbl" role="grid" aria-label=${t("recordings.title")}>
        <thead>
          <tr>
            <th>${t("col.time")}</th><th>${t("col.caller")}</th><th>${t("fact.rule")}</th><th>${t("recordings.seat")}</th><th class="num">${t("recordings.size")}</th>
            <th>${t("recordings.until")}</th><th class="num">${t("recordings.looks")}</th>
          </tr>
        </thead>
        <tbody>${all.map((each) => this.#row(each, first))}</tbody>
      </table>
      ${all.length % PAGE === 0 ? html`<footer><button class="btn quiet" @click=${() => this.#load(sealed.at(-1).sealedAt)}>${t("audit.more")}</button></footer>` : ""}`;
  }

  #row(each, first) {
    const at = timeOf(each);
    return html`<tr data-id=${each.call} tabindex=${each.call === first ? "0" : "-1"} aria-selected=${each.call === this.chosen ? "true" : "false"}
      @click=${() => (this.chosen = each.call)}>
      <td class="nw">${day(at)} ${clock(at)}</td>
      <td class="nw">${each.caller ? numberText(each.caller) : "—"}<span class="sub">${country(each.caller?.country)}</span></td>
      <td class="nw">${each.rule || "—"}</td>
      <td class="nw">${each.seat ?? "—"}</td>
      <td class="num">${t("recordings.mb", { n: number(each.bytes / 1e6, 1) })}<span class="sub">${t("recordings.parts", { n: each.parts })}</span></td>
      <td class="nw">${each.keptUntil ? day(each.keptUntil) : html`<span class="v v-plain">${icon("lock")}${t("recordings.held")}</span>`}</td>
      <td class="num">${number(each.looks)}</td>
    </tr>`;
  }
}

customElements.define("acc-recordings", Recordings);
