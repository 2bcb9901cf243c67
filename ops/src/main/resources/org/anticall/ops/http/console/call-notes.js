// What an operator writes down during a call. It saves itself at every pause of writing, and again when the line is back.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { t } from "./words.js";

const PAUSE_MS = 700;
const AGAIN_MS = 2_000;

class Notes extends LitElement {
  static properties = { call: {}, kept: {}, tongue: {}, state: { state: true } };

  #saving = 0;
  #unsaved = null;

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (!changed.has("call")) return;
    this.save(); // what was written about the former call is not lost
    this.#unsaved = null;
    this.state = "";
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.save();
  }

  #wrote(text) {
    this.#unsaved = { id: this.call, text };
    this.state = "writing";
    this.#soon(PAUSE_MS);
  }

  #soon(millis) {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.save(), millis);
  }

  async save() {
    clearTimeout(this.#saving);
    const unsaved = this.#unsaved;
    if (!unsaved) return;
    try {
      await api.keepNote(unsaved.id, unsaved.text);
      if (this.#unsaved !== unsaved) return;
      this.#unsaved = null;
      this.state = "kept";
    } catch {
      if (this.#unsaved !== unsaved) return;
      this.state = "here";
      this.#soon(AGAIN_MS);
    }
  }

  render() {
    return html`<section class="panel col" aria-labelledby="notes-h">
      <header>
        <h2 id="notes-h">${t("seat.notes")}</h2><kbd>T</kbd>
        <span class="t3 end" role="status" id="note-state">${this.state ? t(`seat.notes.${this.state}`) : ""}</span>
      </header>
      <div class="pad">
        <p class="t2 s12" id="notes-d">${t("seat.notes.what")}</p>
        <textarea class="in" rows="3" maxlength="4000" aria-labelledby="notes-h" aria-describedby="notes-d"
          .value=${this.#unsaved?.text ?? this.kept ?? ""} @input=${(event) => this.#wrote(event.target.value)}></textarea>
      </div>
    </section>`;
  }
}

customElements.define("acc-notes", Notes);
