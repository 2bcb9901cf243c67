// The recording of one call: a part to be heard, who has heard it before, and why one wants to hear it. That is written down.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { clock, day } from "./format.js";
import { matter } from "./matter.js";
import { icon, note } from "./parts.js";
import { t } from "./words.js";

const SHORTEST_WHY = 3;

/** Fires "heard" when a part was opened. */
class Recording extends LitElement {
  static properties = { call: {}, tongue: {}, known: { state: true }, source: { state: true }, trouble: { state: true } };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (!changed.has("call")) return;
    this.#forget();
    this.known = { parts: 0, looks: [] };
    this.trouble = "";
    if (this.call) this.#look(this.call);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forget();
  }

  #forget() {
    if (this.source) URL.revokeObjectURL(this.source);
    this.source = "";
  }

  async #look(id) {
    const known = await api.recordingOf(id).catch(() => ({ parts: 0 }));
    if (this.call === id) this.known = { looks: [], ...known };
  }

  async #open(event) {
    event.preventDefault();
    const field = this.querySelector("#hear-why");
    const why = field.value.trim();
    if (why.length < SHORTEST_WHY) {
      this.trouble = "why";
      field.focus();
      return;
    }
    try {
      const sound = await api.recording(this.call, event.submitter?.dataset.part ?? 0, why);
      this.#forget();
      this.source = URL.createObjectURL(sound);
      this.trouble = "";
      await this.#look(this.call);
      this.dispatchEvent(new CustomEvent("heard"));
    } catch (refusal) {
      this.trouble = refusal.word;
    }
  }

  render() {
    const { parts, looks } = this.known;
    if (!parts) return html``;
    return html`<form class="pad stack rule-line" aria-label=${t("recording")} @submit=${this.#open}>
        <h3 class="h2">${t("recording")}</h3>
        <p class="t2 s12">${t("recording.sides")}</p>
        <div class="field">
          <label for="hear-why">${t("recording.why")}</label>
          <input class="in" id="hear-why" maxlength="200" .value=${matter()} autocomplete="off" aria-invalid=${this.trouble === "why" ? "true" : "false"} />
        </div>
        <div class="row">
          ${Array.from({ length: parts }, (_, part) => html`<button class="btn" data-part=${part}>${icon("rec")}${t("recording.open", { n: part + 1 })}</button>`)}
        </div>
        ${this.source ? html`<audio controls autoplay src=${this.source} aria-label=${t("recording")}></audio>` : ""}
        ${this.trouble ? note("warn", t(this.trouble === "why" ? "recording.why.missing" : `trouble.${this.trouble}`), "alert") : ""}
      </form>
      <section class="pad stack rule-line" id="looks">
        <h3 class="h2">${t("recording.looks")}</h3>
        ${looks.length === 0 ? html`<p class="t2 s13">${t("recording.looks.none")}</p>` : html`<ul class="said">${looks.map((each) => this.#heard(each))}</ul>`}
      </section>`;
  }

  #heard(look) {
    return html`<li>
      <span class="t3 s12">${day(look.at)} ${clock(look.at)} · ${look.account} · ${t("recording.part", { n: look.part + 1 })}</span>
      <p class="text s13">${look.why || "—"}</p>
    </li>`;
  }
}

customElements.define("acc-recording", Recording);
