// Setting up the second factor, before anything else can be done.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { refusalText } from "./order-parts.js";
import { icon, note } from "./parts.js";
import { settings } from "./settings.js";
import { t } from "./words.js";

class Enrol extends LitElement {
  static properties = {
    session: {},
    tongue: {},
    theme: {},
    secret: { state: true },
    uri: { state: true },
    codes: { state: true },
    refusal: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    try {
      const { secret, uri } = await api.offerSecondFactor();
      this.secret = secret;
      this.uri = uri;
      await this.updateComplete;
      this.querySelector("#code")?.focus();
    } catch (refusal) {
      this.refusal = refusal;
    }
  }

  async #confirm(event) {
    event.preventDefault();
    const field = this.querySelector("#code");
    try {
      const { recoveryCodes } = await api.confirmSecondFactor(field.value.replace(/\s/g, ""));
      this.codes = recoveryCodes;
      this.refusal = null;
    } catch (refusal) {
      this.refusal = refusal;
      field.value = "";
      field.focus();
    }
  }

  #done() {
    this.dispatchEvent(new CustomEvent("signed-out", { detail: { renewed: true }, bubbles: true }));
  }

  render() {
    document.title = `${t("enrol.title")} — Anti Call-Centre`;
    return html`
      <header class="topbar">
        <a class="brand" href="/">${icon("mark")}Anti Call-Centre</a>
        <div class="row tight nowrap end">${settings(this)}</div>
      </header>
      <main class="signin" id="main">
        <div>
          <h1 class="s22 b">${t("enrol.title")}</h1>
          <p class="t2 mt1 text">${t("enrol.why")}</p>
          ${this.codes ? this.#recovery() : this.#offer()}
        </div>
      </main>
    `;
  }

  #offer() {
    const bad = this.refusal?.word === "wrong-code";
    return html`
      <div class="mt4">${
        this.refusal ? note("crit", bad ? t("enrol.wrongCode") : refusalText(this.refusal), "alert") : ""
      }</div>
      <ol class="steps mt4">
        <li class="done"><span>${t("enrol.app")}</span></li>
        <li class="now"><span>${t("enrol.key")} <a href=${this.uri ?? "#"}>${t("enrol.open")}</a></span>
          <span class="sub secret" id="secret">${(this.secret ?? "").replace(/(.{4})/g, "$1 ")}</span></li>
        <li><span>${t("enrol.type")}</span></li>
      </ol>
      <form class="form-long mt4" aria-label=${t("enrol.title")} @submit=${this.#confirm}>
        <div class="field ${bad ? "bad" : ""}">
          <label for="code">${t("signin.code")}</label>
          <input class="in" id="code" inputmode="numeric" autocomplete="one-time-code" maxlength="7" required
            aria-invalid=${bad ? "true" : "false"} />
        </div>
        <div class="row mt4"><button class="btn primary big">${t("enrol.go")} <kbd>Enter</kbd></button></div>
      </form>
    `;
  }

  #recovery() {
    return html`
      <div class="mt4">${note("ok", t("enrol.done"), "status")}</div>
      <p class="t2 mt4 text">${t("enrol.codes")}</p>
      <ul class="codes mt2" id="codes">${this.codes.map((code) => html`<li>${code}</li>`)}</ul>
      <div class="row mt4"><button class="btn primary big" @click=${() => this.#done()}>${t("enrol.kept")}</button></div>
    `;
  }
}

customElements.define("acc-enrol", Enrol);
