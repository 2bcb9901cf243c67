// The console: who is signed in, which view is shown, language and theme.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { speak, language } from "./words.js";
import "./sign-in.js";
import "./calls.js";

class Console extends LitElement {
  static properties = { session: { state: true }, ready: { state: true }, tongue: { state: true }, failed: { state: true } };

  createRenderRoot() {
    return this; // the page's own style sheets apply
  }

  connectedCallback() {
    super.connectedCallback();
    this.addEventListener("signed-in", (event) => (this.session = event.detail));
    this.addEventListener("signed-out", (event) => (this.session = { signedIn: false, expired: event.detail?.expired }));
    this.addEventListener("speak", (event) => this.#speak(event.detail));
    this.addEventListener("theme", () => this.#toggleTheme());
    this.#begin();
  }

  async #begin() {
    try {
      await speak(language());
      this.session = await api.session();
      this.ready = true;
    } catch {
      setTimeout(() => this.#begin(), 2_000);
    }
  }

  async #speak(code) {
    await speak(code);
    this.tongue = code; // renders anew
  }

  #toggleTheme() {
    const root = document.documentElement;
    root.dataset.theme = root.dataset.theme === "light" ? "dark" : "light";
    localStorage.setItem("theme", root.dataset.theme);
    this.requestUpdate();
  }

  render() {
    if (!this.ready) return html``;
    const theme = document.documentElement.dataset.theme;
    return this.session.signedIn
      ? html`<acc-calls .session=${this.session} .tongue=${language()} .theme=${theme}></acc-calls>`
      : html`<acc-sign-in .expired=${this.session.expired} .tongue=${language()} .theme=${theme}></acc-sign-in>`;
  }
}

customElements.define("acc-console", Console);
