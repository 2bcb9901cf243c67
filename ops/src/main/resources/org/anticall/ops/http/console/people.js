// Persons and accounts, for those who run them.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { refusalText } from "./order-parts.js";
import { icon, note } from "./parts.js";
import { page } from "./topbar.js";
import { t } from "./words.js";

const ROLES = ["operator", "supervisor", "prosecutor", "approver", "auditor", "carrier-admin"];

class People extends LitElement {
  static properties = {
    session: {},
    tongue: {},
    theme: {},
    people: { state: true },
    chosen: { state: true },
    told: { state: true },
    refusal: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.people = [];
    this.#do(async () => {});
  }

  /** Does something and shows how things stand then. */
  async #do(action) {
    try {
      await action();
      this.people = (await api.people()).people;
      this.refusal = null;
    } catch (refusal) {
      this.refusal = refusal;
    }
  }

  #addPerson(event) {
    event.preventDefault();
    const form = event.target;
    this.#do(async () => {
      this.chosen = (await api.addPerson(Object.fromEntries(new FormData(form)))).id;
      form.reset();
    });
  }

  #addAccount(event) {
    event.preventDefault();
    const form = event.target;
    this.#do(async () => {
      this.told = await api.addAccount({ ...Object.fromEntries(new FormData(form)), person: this.chosen });
      form.reset();
    });
  }

  #problem(field) {
    const problem = this.refusal?.body.problems?.find((each) => each.field === field);
    return problem ? html`<p class="err">${icon("s-crit")}${t(`problem.${problem.word}`, problem)}</p>` : "";
  }

  render() {
    document.title = `${t("people.title")} — Anti Call-Centre`;
    const chosen = this.people.find((person) => person.id === this.chosen);
    return page(
      this,
      "people",
      html`<div class="page-head"><h1>${t("people.title")}</h1><span class="t2 s13">${t("people.subtitle")}</span></div>
        ${this.told ? note("ok", html`${t("people.password", { name: this.told.name })} <b class="mono" id="password">${this.told.password}</b>`, "status") : ""}
        ${this.refusal && !this.refusal.body.problems ? note("crit", refusalText(this.refusal), "alert") : ""}
        <div class="grid main-side">
          <section class="panel list" aria-label=${t("people.title")}>${this.#table()}</section>
          <div class="grid">
            ${chosen ? this.#accountForm(chosen) : ""} ${this.#personForm()}
          </div>
        </div>`,
    );
  }

  #table() {
    return html`<table class="tbl">
      <thead><tr><th>${t("people.name")}</th><th>${t("people.unit")}</th><th>${t("people.accounts")}</th><th></th></tr></thead>
      <tbody>
        ${this.people.map(
          (person) => html`<tr aria-selected=${person.id === this.chosen ? "true" : "false"}>
            <td>${person.name}<span class="sub">${person.staffNumber}</span></td>
            <td>${person.unit}</td>
            <td>${person.accounts.map((account) => this.#account(account))}</td>
            <td class="num"><button class="btn" @click=${() => (this.chosen = person.id)}>${t("people.add")}</button></td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #account(account) {
    const own = account.name === this.session.account;
    return html`<div class="row tight">
      <span class="m">${account.name}</span> <span class="t2">${t(`role.${account.role}`)}</span>
      ${account.active ? "" : html`<span class="v v-plain">${icon("lock")}${t("people.closed")}</span>`}
      ${account.locked ? html`<span class="v v-warn">${icon("lock")}${t("people.locked")}</span>` : ""}
      ${account.secondFactor ? html`<span class="v v-ok">${icon("key")}${t("people.factor")}</span>` : ""}
      ${account.locked ? html`<button class="btn quiet" @click=${() => this.#do(() => api.unlock(account.name))}>${t("people.unlock")}</button>` : ""}
      ${
        own
          ? ""
          : html`<button class="btn quiet" @click=${() => this.#do(async () => (this.told = await api.resetPassword(account.name)))}>${t("people.reset")}</button>
              <button class="btn quiet" @click=${() => this.#do(() => api.openAccount(account.name, !account.active))}>
                ${t(account.active ? "people.close" : "people.open")}
              </button>`
      }
      ${
        account.secondFactor && !own
          ? html`<button class="btn quiet" @click=${() => this.#do(() => api.removeSecondFactor(account.name))}>${t("people.unfactor")}</button>`
          : ""
      }
    </div>`;
  }

  #field(name, label) {
    return html`<div class="field">
      <label for=${name}>${label}</label>${this.#problem(name)}
      <input class="in" id=${name} name=${name} autocomplete="off" spellcheck="false" />
    </div>`;
  }

  #personForm() {
    return html`<form class="panel" aria-label=${t("people.new")} @submit=${this.#addPerson}>
      <header><h2>${t("people.new")}</h2></header>
      <div class="pad">
        ${this.#field("staffNumber", t("people.number"))} ${this.#field("unit", t("people.unit"))}
        <div class="field"><label for="personName">${t("people.name")}</label>${this.chosen ? "" : this.#problem("name")}<input class="in" id="personName" name="name" autocomplete="off" /></div>
        <div class="row mt4"><button class="btn primary">${t("people.save")}</button></div>
      </div>
    </form>`;
  }

  #accountForm(person) {
    return html`<form class="panel" aria-label=${t("people.account.new")} @submit=${this.#addAccount}>
      <header><h2>${t("people.account.new")}</h2><span class="t2">${person.name}</span></header>
      <div class="pad">
        ${this.#field("name", t("signin.name"))}
        <div class="field">
          <label for="role">${t("people.role")}</label>${this.#problem("role")}
          <select class="in" id="role" name="role">${ROLES.map((role) => html`<option value=${role}>${t(`role.${role}`)}</option>`)}</select>
        </div>
        <div class="row mt4"><button class="btn primary">${t("people.account.save")}</button></div>
      </div>
    </form>`;
  }
}

customElements.define("acc-people", People);
