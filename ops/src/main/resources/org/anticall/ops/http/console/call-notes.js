// What an operator writes down during a call. It saves itself at every pause of writing, and again when the line is back.
import { LitElement, html } from "lit";
import { unsavedNotes } from "./unsaved-notes.js";
import { t } from "./words.js";

const PAUSE_MS = 700;

class Notes extends LitElement {
  static properties = { call: {}, kept: {}, tongue: {}, written: { state: true } };

  #onChange = () => this.requestUpdate();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    unsavedNotes.addEventListener("change", this.#onChange);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    unsavedNotes.removeEventListener("change", this.#onChange);
    unsavedNotes.send();
  }

  willUpdate(changed) {
    if (!changed.has("call")) return;
    unsavedNotes.send();
    this.written = null;
  }

  #write(text) {
    this.written = text;
    unsavedNotes.keep(this.call, text, PAUSE_MS);
  }

  /** Sends what is not saved yet at once. */
  save() {
    unsavedNotes.send();
  }

  get #state() {
    if (unsavedNotes.of(this.call) !== undefined) return unsavedNotes.refused ? "here" : "writing";
    return this.written === null ? "" : "kept";
  }

  render() {
    const state = this.#state;
    return html`<section class="panel col" aria-labelledby="notes-h">
      <header>
        <h2 id="notes-h">${t("seat.notes")}</h2><kbd>T</kbd>
        <span class="t3 end" role="status" id="note-state">${state ? t(`seat.notes.${state}`) : ""}</span>
      </header>
      <div class="pad">
        <p class="t2 s12" id="notes-d">${t("seat.notes.what")}</p>
        <textarea class="in" rows="3" maxlength="4000" aria-labelledby="notes-h" aria-describedby="notes-d"
          .value=${unsavedNotes.of(this.call) ?? this.written ?? this.kept ?? ""} @input=${(event) => this.#write(event.target.value)}></textarea>
      </div>
    </section>`;
  }
}

customElements.define("acc-notes", Notes);
