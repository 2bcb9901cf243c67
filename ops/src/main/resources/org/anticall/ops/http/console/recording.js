// The recording of a call: how many parts there are, and one to be heard. Opening it is written down.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { icon } from "./parts.js";
import { t } from "./words.js";

class Recording extends LitElement {
  static properties = { call: {}, tongue: {}, parts: { state: true }, source: { state: true }, trouble: { state: true } };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (!changed.has("call")) return;
    this.#forget();
    this.parts = 0;
    this.trouble = "";
    if (this.call) this.#count(this.call);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forget();
  }

  #forget() {
    if (this.source) URL.revokeObjectURL(this.source);
    this.source = "";
  }

  async #count(id) {
    const found = await api.recordingParts(id).catch(() => ({ parts: 0 }));
    if (this.call === id) this.parts = found.parts;
  }

  async #open(part) {
    try {
      const sound = await api.recording(this.call, part);
      this.#forget();
      this.source = URL.createObjectURL(sound);
      this.trouble = "";
    } catch (refusal) {
      this.trouble = refusal.word;
    }
  }

  render() {
    if (!this.parts) return html``;
    return html`<div class="pad stack rule-line">
      <h3 class="h2">${t("recording")}</h3>
      <p class="t2 s12">${t("recording.sides")}</p>
      <div class="row">
        ${Array.from({ length: this.parts }, (_, part) => html`<button class="btn" data-part=${part} @click=${() => this.#open(part)}>
          ${icon("rec")}${t("recording.open", { n: part + 1 })}</button>`)}
      </div>
      ${this.source ? html`<audio controls autoplay src=${this.source} aria-label=${t("recording")}></audio>` : ""}
      ${this.trouble ? html`<p class="warn s13" role="alert">${t(`trouble.${this.trouble}`)}</p>` : ""}
    </div>`;
  }
}

customElements.define("acc-recording", Recording);
