// The sign-in page.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { refusalText } from "./order-parts.js";
import { icon, note } from "./parts.js";
import { settings } from "./settings.js";
import { t } from "./words.js";

class SignIn extends LitElement {
  static properties = {
    expired: {},
    renewed: {},
    tongue: {},
    theme: {},
    refusal: { state: true },
    shown: { state: true },
    busy: { state: true },
    coded: { state: true },
    provider: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  firstUpdated() {
    this.querySelector("#name").focus();
    api.provider().then(({ offered }) => (this.provider = offered), () => {});
  }

  async #submit(event) {
    event.preventDefault();
    if (this.busy) return;
    const name = this.querySelector("#name").value;
    const field = this.querySelector("#password");
    const code = this.querySelector("#code");
    this.busy = true;
    try {
      const session = await api.signIn(name, field.value, code?.value ?? "");
      this.dispatchEvent(new CustomEvent("signed-in", { detail: session, bubbles: true }));
    } catch (refusal) {
      await this.#refused(refusal, field);
    } finally {
      this.busy = false;
    }
  }

  /** A code that is asked for or wrong leaves the password where it is. */
  async #refused(refusal, field) {
    this.refusal = refusal;
    if (refusal.word === "code-needed" || refusal.word === "wrong-code") {
      this.coded = true;
      await this.updateComplete;
      const code = this.querySelector("#code");
      code.value = "";
      code.focus();
    } else {
      field.value = "";
      field.focus();
    }
  }

  #message() {
    const refusal = this.refusal;
    if (!refusal && this.renewed) return note("ok", t("signin.renewed"), "status");
    if (refusal?.word === "code-needed") return note("info", t("signin.codeNeeded"), "status");
    if (!refusal) return this.expired ? note("info", t("signin.expired"), "status") : "";
    const { attemptsLeft, minutes } = refusal.body;
    const why = {
      wrong: () => t("signin.wrong", { n: attemptsLeft }),
      "wrong-code": () => t("signin.wrongCode"),
      "too-many": () => t("signin.tooMany", { n: minutes }),
      form: () => t("signin.form"),
      unreachable: () => t("signin.unreachable"),
    }[refusal.word];
    return note("crit", html`<b>${t("signin.failed")}</b> ${why ? why() : refusalText(refusal)}`, "alert");
  }

  render() {
    document.title = `${t("signin.title")} — Anti Call-Centre`;
    const bad = this.refusal?.word === "wrong";
    return html`
      <header class="topbar">
        <a class="brand" href="/">${icon("mark")}Anti Call-Centre</a>
        <div class="row tight nowrap end">${settings(this)}</div>
      </header>
      <main class="signin" id="main">
        <div>
          <h1 class="s22 b">${t("signin.title")}</h1>
          <p class="t2 mt1 text">${t("signin.for")}</p>
          <div class="mt4">${this.#message()}</div>
          <form class="form-long mt4" aria-label=${t("signin.title")} @submit=${this.#submit}>
            <div class="field">
              <label for="name">${t("signin.name")}</label>
              <input class="in" id="name" autocomplete="username" maxlength="64" required spellcheck="false" autocapitalize="off" />
            </div>
            <div class="field ${bad ? "bad" : ""}">
              <label for="password">${t("signin.password")}</label>
              ${bad ? html`<p class="err" id="password-error">${icon("s-crit")}${t("signin.again")}</p>` : ""}
              <div class="row nowrap">
                <input
                  class="in"
                  id="password"
                  type=${this.shown ? "text" : "password"}
                  autocomplete="current-password"
                  maxlength="256"
                  required
                  aria-invalid=${bad ? "true" : "false"}
                  aria-describedby=${bad ? "password-error" : ""}
                />
                <button type="button" class="btn big" aria-pressed=${this.shown ? "true" : "false"} @click=${() => (this.shown = !this.shown)}>
                  ${icon("eye")}${t(this.shown ? "signin.hide" : "signin.show")}
                </button>
              </div>
            </div>
            ${
              this.coded
                ? html`<div class="field">
                    <label for="code">${t("signin.code")}</label>
                    <p class="help" id="code-help">${t("signin.code.help")}</p>
                    <input class="in" id="code" autocomplete="one-time-code" maxlength="32" required spellcheck="false"
                      autocapitalize="off" aria-describedby="code-help" />
                  </div>`
                : ""
            }
            <div class="row mt4">
              <button class="btn primary big" ?disabled=${this.busy}>${t(this.busy ? "signin.busy" : "signin.go")} <kbd>Enter</kbd></button>
            </div>
            ${this.provider ? html`<div class="row mt2"><a class="btn big" id="provider" href="/api/oidc/start">${icon("key")}${t("signin.provider")}</a></div>` : ""}
            <p class="t2 s13 mt4 text">${t("signin.forgotten")}</p>
          </form>
        </div>
        <aside>
          <section class="panel">
            <header><h2>${t("signin.know")}</h2></header>
            <ul class="pad stack s13 t2">
              <li class="row nowrap top">${icon("eye")}<span>${t("signin.know.looks")}</span></li>
              <li class="row nowrap top">${icon("lock")}<span>${t("signin.know.idle")}</span></li>
            </ul>
          </section>
        </aside>
      </main>
    `;
  }
}

customElements.define("acc-sign-in", SignIn);
