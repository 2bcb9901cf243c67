// What one shift leaves to the next: the notes of the last day, and a place for one's own.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { clock, day } from "./format.js";
import { icon, note } from "./parts.js";
import { Repeating } from "./repeating.js";
import { t } from "./words.js";

const LOOK_EVERY_MS = 30_000;

class Handover extends LitElement {
  static properties = { tongue: {}, notes: { state: true }, trouble: { state: true } };

  constructor() {
    super();
    new Repeating(this, LOOK_EVERY_MS, () => this.#look(), { atOnce: true });
    this.notes = null;
    this.trouble = "";
  }

  createRenderRoot() {
    return this;
  }

  async #look() {
    try {
      this.notes = (await api.handover()).notes;
    } catch {
      this.trouble ||= "unread"; // what was read last stays
    }
  }

  async #leave(event) {
    event.preventDefault();
    const field = this.querySelector("textarea");
    const text = field.value.trim();
    if (!text) return;
    try {
      this.notes = (await api.handOver(text)).notes;
      field.value = "";
      this.trouble = "";
    } catch {
      this.trouble = "unkept";
    }
  }

  render() {
    const notes = this.notes ?? [];
    return html`<section class="panel" aria-labelledby="handover-h">
      <header><h2 id="handover-h">${t("handover")}</h2><kbd>O</kbd><span class="t3 end">${t("handover.span")}</span></header>
      <div class="pad stack">
        ${this.trouble ? note("warn", t(`handover.trouble.${this.trouble}`), "alert") : ""}
        ${
          notes.length === 0
            ? html`<p class="t2 s13">${t(this.notes ? "handover.none" : "seat.loading")}</p>`
            : html`<ul class="said" tabindex="-1" id="handover-notes">${notes.map(
                (each) => html`<li><span class="t3 s12">${day(each.at)} ${clock(each.at)} · ${each.account}</span><p class="text">${each.text}</p></li>`,
              )}</ul>`
        }
        <form class="stack" @submit=${(event) => this.#leave(event)}>
          <textarea class="in" rows="2" maxlength="2000" aria-label=${t("handover.write")}></textarea>
          <button class="btn">${icon("arrow")}${t("handover.leave")}</button>
        </form>
      </div>
    </section>`;
  }
}

customElements.define("acc-handover", Handover);
