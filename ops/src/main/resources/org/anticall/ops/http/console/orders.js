// Orders: who waits for whom, where each stands, what it says and how it came about.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { clock, day, number } from "./format.js";
import { actionBadge, ladderWords, life, refusalText, sentence, targetText } from "./order-parts.js";
import { isCommand, isLetter, stepRow } from "./keys.js";
import { icon, note } from "./parts.js";
import { page } from "./topbar.js";
import { t } from "./words.js";
import "./number-lists.js";
import "./import-steps.js";
import "./order-import.js";

const TABS = ["", "draft", "submitted", "approved", "shadow", "live", "expired", "revoked"];
const PAGE = 100;
const DAY_MS = 86_400_000;
const SOON_DAYS = 3;

class Orders extends LitElement {
  static properties = {
    session: {},
    tongue: {},
    theme: {},
    tab: { state: true },
    found: { state: true },
    queue: { state: true },
    chosen: { state: true },
    precision: { state: true },
    asking: { state: true },
    importing: { state: true },
    listing: { state: true },
    refusal: { state: true },
  };

  #text = "";
  #onKey = (event) => this.#key(event);

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.tab = "";
    this.found = { orders: [], counts: {} };
    this.queue = [];
    addEventListener("keydown", this.#onKey);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#onKey);
  }

  /** Who asked for a step writes why, wherever on the page that is. */
  updated(changed) {
    if (changed.has("asking") && this.asking) this.querySelector("#why, #end")?.focus();
  }

  #may(permission) {
    return this.session.permissions.includes(permission);
  }

  #key(event) {
    if (!isCommand(event)) return;
    if (event.key === "Enter" && event.target.matches?.("tr[data-id]")) this.#choose(event.target.dataset.id);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") stepRow(event, this);
    else if (isLetter(event) && event.code === "KeyC" && this.#may("write-orders")) location.hash = "orders/new";
  }

  /** Does something and shows how things stand then. */
  async #do(action) {
    try {
      await action();
      this.refusal = null;
    } catch (refusal) {
      this.refusal = refusal;
    }
  }

  #load() {
    return this.#do(async () => {
      this.found = await api.orders({ state: this.tab, text: this.#text, most: PAGE });
      if (this.#may("approve-orders")) {
        const waiting = (await api.orders({ state: "submitted", most: 100 })).orders;
        this.queue = waiting.filter((order) => !this.#isMine(order));
      }
    });
  }

  /** The orders before the last one shown. */
  #more() {
    return this.#do(async () => {
      const before = this.found.orders.at(-1).id;
      const more = await api.orders({ state: this.tab, text: this.#text, most: PAGE, before });
      this.found = { ...more, orders: [...this.found.orders, ...more.orders] };
    });
  }

  #isMine(order) {
    return order.author.person === this.session.personId || (order.state.approvals ?? []).some((each) => each.person === this.session.personId);
  }

  #choose(id) {
    this.asking = null;
    return this.#do(async () => {
      this.chosen = await api.order(id);
      this.precision = (await api.precision()).rules.find((each) => each.order === this.chosen.id);
    });
  }

  async #afterImport() {
    await this.#load();
    await this.#choose(this.chosen.id);
  }

  #step(step, why) {
    return this.#do(async () => {
      await api.stepOrder(this.chosen.id, step, { version: this.chosen.version, ...why });
      this.asking = null;
      this.chosen = await api.order(this.chosen.id);
      await this.#load();
    });
  }

  // ---- rendering ----

  render() {
    document.title = `${t("orders.title")} — Anti Call-Centre`;
    return page(
      this,
      "orders",
      html`<div class="page-head">
          <h1>${t("orders.title")}</h1>
          <div class="row end">
            <form class="row tight" role="search" @submit=${(event) => { event.preventDefault(); this.#text = this.querySelector("#find").value; this.#load(); }}>
              <label class="s13 t2" for="find">${t("orders.find")}</label><input class="in w-m" id="find" type="search" autocomplete="off" /><kbd>/</kbd>
            </form>
            <button class="btn" id="lists-open" aria-expanded=${this.listing ? "true" : "false"} @click=${() => (this.listing = !this.listing)}>${icon("doc")}${t("lists.title")}</button>
            ${this.#may("write-orders") ? html`<button class="btn" id="import-open" aria-expanded=${this.importing ? "true" : "false"} @click=${() => (this.importing = !this.importing)}>${icon("doc")}${t("import.title")}</button>` : ""}
            ${this.#may("write-orders") ? html`<a class="btn primary" id="new" href="#orders/new">${icon("plus")}${t("orders.new")} <kbd>C</kbd></a>` : ""}
          </div>
        </div>
        ${this.refusal ? note("crit", refusalText(this.refusal), "alert") : ""}
        ${this.importing ? html`<acc-order-import .tongue=${this.tongue} @imported=${() => this.#load()}></acc-order-import>` : ""}
        ${this.listing ? html`<acc-number-lists .session=${this.session} .tongue=${this.tongue}></acc-number-lists>` : ""}
        ${this.#may("approve-orders") ? this.#waiting() : ""}
        <div class="grid main-side">
          <section class="panel list" aria-label=${t("orders.title")}>${this.#tabs()} ${this.#table()}</section>
          <aside class="panel" aria-label=${t("orders.chosen")}>${this.chosen ? this.#detail(this.chosen) : html`<p class="pad t2">${t("orders.choose")}</p>`}</aside>
        </div>`,
      { keys: [["↑ ↓", "keys.orders"], ["Enter", "keys.openOrder"], ...(this.#may("write-orders") ? [["C", "orders.new"]] : []), ["/", "keys.search"]] },
    );
  }

  #waiting() {
    return html`<section class="panel" aria-labelledby="waiting">
      <header>${icon("people")}<h2 id="waiting">${t("orders.waiting")}</h2><span class="t2">${t("orders.waiting.n", { n: this.queue.length })}</span></header>
      ${
        this.queue.length === 0
          ? ""
          : html`<table class="tbl"><tbody>
              ${this.queue.map(
                (order) => html`<tr>
                  <td class="nw b">${t("order.n", { n: order.content.basis.document })}</td>
                  <td>${order.content.title}<span class="sub">${targetText(order.content.target)}</span></td>
                  <td class="nw">${actionBadge(order.content.action)}</td>
                  <td class="nw">${t("order.author", { name: order.author.name })}</td>
                  <td class="num"><button class="btn" data-look=${order.id} @click=${() => this.#choose(order.id)}>${t("orders.look")}</button></td>
                </tr>`,
              )}
            </tbody></table>`
      }
    </section>`;
  }

  #tabs() {
    const { counts } = this.found;
    const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
    return html`<div role="tablist" aria-label=${t("orders.states")} class="tabs">
      ${TABS.map(
        (tab) => html`<button role="tab" aria-selected=${tab === this.tab ? "true" : "false"} @click=${() => { this.tab = tab; this.#load(); }}>
          ${t(tab ? `order.${tab}` : "orders.all")}<span class="n">${tab ? (counts[tab] ?? 0) : all}</span>
        </button>`,
      )}
    </div>`;
  }

  #table() {
    const { orders } = this.found;
    if (orders.length === 0) return html`<div class="empty">${icon("search")}<h2>${t("orders.none")}</h2></div>`;
    const chosen = this.chosen?.id;
    const first = orders.some((order) => order.id === chosen) ? chosen : orders[0].id;
    return html`<table class="tbl" role="grid" aria-label=${t("orders.title")}>
      <thead><tr><th>${t("orders.document")}</th><th>${t("orders.what")}</th><th>${t("orders.action")}</th><th>${t("orders.state")}</th><th>${t("orders.until")}</th></tr></thead>
      <tbody>
        ${orders.map(
          (order) => html`<tr data-id=${order.id} tabindex=${order.id === first ? "0" : "-1"} aria-selected=${order.id === chosen ? "true" : "false"}
            @click=${() => this.#choose(order.id)}>
            <td class="nw b">${order.content.basis.document || "—"}</td>
            <td>${order.content.title || "—"}<span class="sub">${[order.author, ...(order.state.approvals ?? [])].map((each) => each.name).join(" → ")}</span></td>
            <td class="nw">${actionBadge(order.content.action)}</td>
            <td>${life(order)}</td>
            <td class="nw">${this.#until(order)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
    ${orders.length % PAGE === 0 ? html`<footer><button class="btn quiet" id="older" @click=${() => this.#more()}>${t("orders.older")}</button></footer>` : ""}`;
  }

  #until(order) {
    const left = Math.ceil((Date.parse(order.content.until) - Date.now()) / DAY_MS);
    const running = ["approved", "shadow", "live"].includes(order.state.kind);
    return html`${running && left <= SOON_DAYS ? html`<span class="warn">${icon("s-warn")} ${t("order.days", { n: Math.max(0, left) })}</span>` : ""}
      <span class="sub">${day(order.content.until)}</span>`;
  }

  #detail(order) {
    const { content } = order;
    return html`
      <header><h2>${t("order.n", { n: content.basis.document || order.id })}</h2><span class="end">${actionBadge(content.action)}</span></header>
      <div class="pad stack s3" id="detail">
        <p class="s16 text">${content.title}</p>
        <div>${life(order)}</div>
        ${order.state.fallen ? note("warn", sentence(order.state.fallen), "status") : ""}
        <dl class="dl">
          <dt>${t("edit.target")}</dt><dd>${targetText(content.target)}</dd>
          <dt>${t("edit.basis")}</dt><dd>${t(`basis.${content.basis.type}`)}, ${content.basis.office}</dd>
          <dt>${t("orders.document")}</dt><dd>${content.basis.document}, ${day(content.basis.date)}
            ${content.basis.scan ? html` <a href="/api/scans/${content.basis.scan}?order=${order.id}" download>${t("order.copy")}</a>` : ""}</dd>
          <dt>${t("edit.territory")}</dt><dd>${content.territory}</dd>
          <dt>${t("orders.until")}</dt><dd>${day(content.until)} ${clock(content.until)}</dd>
          <dt>${t("edit.confidence")}</dt><dd>${content.confidence} %</dd>
          ${content.action === "divert" ? html`<dt>${t("edit.ladder")}</dt><dd>${ladderWords(content.ladder)}</dd>` : ""}
          ${this.precision ? html`<dt>${t("precision.share")}</dt><dd id="precision">${this.#precision(this.precision)}</dd>` : ""}
        </dl>
        <ol class="steps">
          ${(order.history ?? []).map(
            (step) => html`<li class="done"><span>${t(`did.${step.action}`)}</span><span class="t3">${day(step.at)} ${clock(step.at)}</span>
              <span class="sub">${step.account}${step.why ? html`: ${sentence(step.why)}` : ""}</span></li>`,
          )}
        </ol>
        ${this.asking ? this.#why() : html`<div class="row">${this.#actions(order)}</div>`}
        ${order.importId ? html`<acc-import-steps .order=${order} .session=${this.session} .tongue=${this.tongue} @stepped=${() => this.#afterImport()}></acc-import-steps>` : ""}
      </div>
    `;
  }

  #precision(rule) {
    const percent = (share) => `${number(100 * share)} %`;
    return html`${percent(rule.share)} (${percent(rule.low)} – ${percent(rule.high)}, ${rule.right + rule.wrong})
      ${rule.proposedForShadow ? html`<span class="v v-warn">${icon("s-warn")}${t("precision.shadow")}</span>` : ""}`;
  }

  #actions(order) {
    const { kind } = order.state;
    const mine = order.author.person === this.session.personId;
    const actions = [];
    if (this.#may("write-orders") && mine && kind === "draft") {
      actions.push(html`<a class="btn primary" href="#orders/${order.id}">${t("order.edit")}</a>`);
    }
    if (this.#may("write-orders") && mine && (kind === "draft" || kind === "submitted")) actions.push(this.#ask("withdraw"));
    if (!this.#may("approve-orders")) return actions;
    if (kind === "submitted" && !this.#isMine(order)) actions.push(this.#now("approve", "primary"), this.#ask("return"));
    if (kind === "shadow" && !mine) actions.push(this.#now("live", "primary"));
    if (kind === "live") actions.push(this.#ask("shadow"));
    if (order.emergency && !mine && ["approved", "live"].includes(kind)) actions.push(this.#ask("confirm"));
    if (!["draft", "expired", "revoked"].includes(kind)) actions.push(this.#ask("revoke"));
    return actions;
  }

  /** A confirmed emergency order needs an end of its own. */
  #until30() {
    const usual = new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10);
    return html`<form class="stack" @submit=${(event) => { event.preventDefault(); this.#step("confirm", { until: new Date(this.querySelector("#end").value).toISOString() }); }}>
      <div class="field"><label for="end">${t("edit.until")}</label><input class="in" id="end" type="date" required .value=${usual} /></div>
      <div class="row">
        <button type="button" class="btn" @click=${() => (this.asking = null)}>${t("order.leave")}</button>
        <button class="btn primary" id="do">${t("step.confirm")}</button>
      </div>
    </form>`;
  }

  #now(step, style) {
    return html`<button class="btn ${style}" id=${step} @click=${() => this.#step(step, {})}>${t(`step.${step}`)}</button>`;
  }

  #ask(step) {
    return html`<button class="btn ${step === "revoke" ? "danger" : ""}" id=${step} @click=${() => (this.asking = step)}>${t(`step.${step}`)}</button>`;
  }

  #why() {
    if (this.asking === "confirm") return this.#until30();
    return html`<form class="stack" @submit=${(event) => { event.preventDefault(); this.#step(this.asking, { why: this.querySelector("#why").value }); }}>
      <div class="field"><label for="why">${t("order.why")}</label><input class="in" id="why" required minlength="3" maxlength="2000" autocomplete="off" /></div>
      <div class="row">
        <button type="button" class="btn" @click=${() => (this.asking = null)}>${t("order.leave")}</button>
        <button class="btn danger" id="do">${t(`step.${this.asking}`)}</button>
      </div>
    </form>`;
  }
}

customElements.define("acc-orders", Orders);
