// The audit trail: who changed and who looked at what.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { clock, day } from "./format.js";
import { refusalText, sentence } from "./order-parts.js";
import { icon, note } from "./parts.js";
import { page } from "./topbar.js";
import { keysOf, t } from "./words.js";

const ACT = "audit.act.";

/** What was done, in words; an action of another version shows itself. */
function actText(action) {
  const words = t(ACT + action);
  return words === ACT + action ? action : words;
}

class Audit extends LitElement {
  static properties = {
    session: {},
    tongue: {},
    theme: {},
    found: { state: true },
    refusal: { state: true },
  };

  #search = {};

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  async #load(before) {
    try {
      const page = await api.audit(before ? { ...this.#search, before } : this.#search);
      this.found = before ? { ...page, links: [...this.found.links, ...page.links] } : page;
      this.refusal = null;
    } catch (refusal) {
      this.refusal = refusal;
    }
  }

  #submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.#search = Object.fromEntries([...form].filter(([, value]) => value.trim()));
    this.#load();
  }

  async #sign() {
    await api.signHead();
    await this.#load();
  }

  render() {
    document.title = `${t("audit.title")} — Anti Call-Centre`;
    const links = this.found?.links ?? [];
    const head = this.found?.head;
    return page(
      this,
      "audit",
      html`<div class="page-head">
          <h1>${t("audit.title")}</h1>
          <span class="t2 s13">${head ? t("audit.signed", { n: head.seq, at: `${day(head.at)} ${clock(head.at)}` }) : t("audit.unsigned")}</span>
          <div class="row end">
            <button class="btn" id="sign" @click=${() => this.#sign()}>${icon("key")}${t("audit.sign")}</button>
            <a class="btn" id="export" href=${api.auditExport()} download="audit.ndjson">${icon("doc")}${t("audit.export")}</a>
          </div>
        </div>
        ${this.refusal ? note("crit", refusalText(this.refusal), "alert") : ""}
        <form class="panel pad row" role="search" aria-label=${t("audit.search")} @submit=${this.#submit}>
          <label class="t2 s13" for="action">${t("audit.action")}</label>
          <input class="in w-m" id="action" name="action" type="search" list="actions" autocomplete="off" spellcheck="false" />
          <datalist id="actions">${keysOf(ACT).map((key) => html`<option value=${key.slice(ACT.length)}>${t(key)}</option>`)}</datalist>
          <label class="t2 s13" for="subject">${t("audit.subject")}</label>
          <input class="in w-m" id="subject" name="subject" autocomplete="off" spellcheck="false" />
          <button class="btn">${icon("search")}${t("audit.find")}</button>
        </form>
        <section class="panel list" aria-label=${t("audit.title")}>
          ${links.length === 0 ? html`<div class="empty">${icon("search")}<h2>${t("audit.none")}</h2></div>` : this.#table(links)}
        </section>`,
      { keys: [["/", "keys.search"]] },
    );
  }

  #table(links) {
    const last = links[links.length - 1].seq;
    return html`<table class="tbl">
        <thead>
          <tr>
            <th class="num">${t("audit.n")}</th><th>${t("col.time")}</th><th>${t("audit.who")}, ${t("audit.from").toLowerCase()}</th><th>${t("audit.what")}</th>
            <th>${t("audit.why")}</th><th class="lo">${t("audit.hash")}</th>
          </tr>
        </thead>
        <tbody>
          ${links.map(
            (link) => html`<tr>
              <td class="num t3">${link.seq}</td>
              <td class="nw">${day(link.at)} ${clock(link.at)}</td>
              <td class="nw">${link.account}<span class="sub">${link.address}</span></td>
              <td>${actText(link.action)}<span class="sub"><span class="mono">${link.action}</span> ${link.subject}</span></td>
              <td>${sentence(link.why)}</td>
              <td class="mono t3 lo">${link.hash.slice(0, 4)}…${link.hash.slice(-4)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      ${last > 1 && links.length % 100 === 0 ? html`<footer><button class="btn quiet" @click=${() => this.#load(last)}>${t("audit.more")}</button></footer>` : ""}`;
  }
}

customElements.define("acc-audit", Audit);
