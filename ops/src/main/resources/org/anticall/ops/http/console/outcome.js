// What a call turned out to be. It is wanted before the seat is ready again.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { icon, note } from "./parts.js";
import { t } from "./words.js";

const OUTCOMES = ["fraud-talked", "fraud-hung-up", "robot", "silence", "honest", "advertising", "danger-to-life", "unclear"];
const FRAUDS = ["bank", "police", "operator", "relative", "investment", "prize", "other"];
const SAID = ["sms-code", "safe-account", "card-number", "remote-access", "courier", "loan", "secrecy", "threat"];

class OutcomeForm extends LitElement {
  static properties = { call: {}, released: {}, mode: {}, tongue: {}, chosen: { state: true }, said: { state: true }, trouble: { state: true }, filed: { state: true } };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has("call")) {
      this.chosen = null;
      this.said = [];
      this.trouble = "";
      this.filed = false;
    }
    // Whoever lets a call go on has found an honest caller, unless they say otherwise.
    if (this.released && !this.chosen) this.chosen = "honest";
  }

  /** The key of an outcome, 1 to 8. */
  choose(digit) {
    this.chosen = OUTCOMES[digit - 1];
  }

  get #isFraud() {
    return this.chosen === "fraud-talked" || this.chosen === "fraud-hung-up";
  }

  async file() {
    if (this.mode !== "wrapup" || this.filed) return;
    if (!this.chosen) {
      this.trouble = "missing";
      this.querySelector("input[type=radio]")?.focus();
      return;
    }
    const value = (name) => this.querySelector(`[name=${name}]`)?.value.trim() ?? "";
    const fraud = this.#isFraud;
    try {
      this.filed = true;
      this.dispatchEvent(new CustomEvent("filed"));
      await api.file(this.call, {
        outcome: this.chosen,
        fraud: fraud ? value("fraud") || "other" : "none",
        said: fraud ? this.said : [],
        organisation: fraud ? value("organisation") : "",
        saved: fraud ? Math.max(0, Math.round(Number(value("saved")) || 0)) : 0,
      });
      this.trouble = "";
    } catch (refusal) {
      this.filed = false;
      this.trouble = refusal.word === "not-yours" ? "not-yours" : "unkept";
    }
  }

  #toggle(code) {
    this.said = this.said.includes(code) ? this.said.filter((each) => each !== code) : [...this.said, code];
  }

  render() {
    return html`<section class="panel" aria-labelledby="outcome-h">
      <header><h2 id="outcome-h">${t("seat.outcome")}</h2><span class="t3 end lo">${t("seat.outcome.why")}</span></header>
      <div class="pad stack">
        ${this.trouble ? note("warn", t(`seat.trouble.${this.trouble}`), "alert") : ""}
        <fieldset class="disp">
          <legend class="sr">${t("seat.outcome")}</legend>
          ${OUTCOMES.map(
            (each, i) => html`<label>
              <input type="radio" name="outcome" .checked=${this.chosen === each} @change=${() => (this.chosen = each)} />
              <kbd>${i + 1}</kbd>${t(`outcome.call.${each}`)}
            </label>`,
          )}
        </fieldset>
        ${this.#isFraud ? this.#details() : ""}
        <button class="btn primary big fill-row" id="file" ?disabled=${this.mode !== "wrapup" || this.filed} @click=${() => this.file()}>
          ${icon("st-ready")}${t("seat.file")} <kbd>Ctrl</kbd> <kbd>Enter</kbd>
        </button>
      </div>
    </section>`;
  }

  #details() {
    return html`<div class="fraud">
      <label class="label">${t("fraud")}
        <select class="in" name="fraud">${FRAUDS.map((each) => html`<option value=${each}>${t(`fraud.${each}`)}</option>`)}</select>
      </label>
      <label class="label">${t("fraud.organisation")}<input class="in" name="organisation" maxlength="120" autocomplete="off" /></label>
      <label class="label">${t("fraud.saved")}<input class="in" name="saved" type="number" min="0" step="1000" inputmode="numeric" /></label>
      <div class="chips" role="group" aria-label=${t("said")}>
        ${SAID.map(
          (each) => html`<button type="button" class="btn chip" aria-pressed=${this.said.includes(each) ? "true" : "false"} @click=${() => this.#toggle(each)}>
            ${t(`said.${each}`)}
          </button>`,
        )}
      </div>
    </div>`;
  }
}

customElements.define("acc-outcome", OutcomeForm);
