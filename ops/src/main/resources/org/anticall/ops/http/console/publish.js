// Publishing: what the next revision changes, which gateway enforces what, and the way back.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { clock, day, number } from "./format.js";
import { refusalOfGateway, refusalText, rehearsalProblems, sentence } from "./order-parts.js";
import { past } from "./order-preview.js";
import { icon, note } from "./parts.js";
import { Repeating } from "./repeating.js";
import { page } from "./topbar.js";
import { said, t } from "./words.js";

const AGAIN_MS = 2_000;

class Publish extends LitElement {
  static properties = {
    session: {},
    tongue: {},
    theme: {},
    revisions: { state: true },
    roster: { state: true },
    next: { state: true },
    back: { state: true },
    tested: { state: true },
    compared: { state: true },
    refusal: { state: true },
  };

  constructor() {
    super();
    new Repeating(this, AGAIN_MS, () => this.#look());
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.revisions = [];
    this.roster = { newest: 0, gateways: [] };
    this.#load();
  }

  /** Who takes a revision back writes why, wherever on the page that is. */
  updated(changed) {
    if (changed.has("back") && this.back) this.querySelector("#why")?.focus();
  }

  /** What changes by itself. */
  async #look() {
    try {
      this.roster = await api.gateways();
      this.revisions = (await api.revisions()).revisions;
    } catch {
      // What was read last stays.
    }
  }

  #load() {
    return this.#do(async () => {
      await this.#look();
      this.next = await api.nextRevision();
    });
  }

  async #do(action) {
    try {
      await action();
      this.refusal = null;
    } catch (refusal) {
      this.refusal = refusal;
    }
  }

  #publish(event) {
    event.preventDefault();
    const typed = Number(this.querySelector("#number").value);
    this.#do(async () => {
      await api.publish(typed, this.querySelector("#reason").value);
      event.target.reset();
      await this.#look();
      this.next = await api.nextRevision();
    });
  }

  /** What publishing would have done to the last days' calls. */
  #test() {
    this.#do(async () => (this.tested = await api.backtest(7)));
  }

  #compare(event) {
    event.preventDefault();
    this.#do(async () => (this.compared = await api.difference(this.querySelector("#before").value, this.querySelector("#after").value)));
  }

  #rollBack(event) {
    event.preventDefault();
    this.#do(async () => {
      await api.rollBack(this.back, this.querySelector("#why").value);
      this.back = null;
      await this.#look();
      this.next = await api.nextRevision();
    });
  }

  render() {
    document.title = `${t("publish.title")} — Anti Call-Centre`;
    const { newest, gateways } = this.roster;
    const enforced = gateways.filter((each) => each.upToDate).length;
    const slowest = Math.max(0, ...gateways.filter((each) => each.upToDate).map((each) => each.afterMillis ?? 0));
    const all = gateways.length > 0 && enforced === gateways.length;
    return page(
      this,
      "publish",
      html`<div class="page-head">
          <h1>${t("publish.title")}</h1>
          <span class="v ${all ? "v-ok" : "v-warn"}" id="state">${icon(all ? "s-ok" : "s-warn")}${t("publish.state", { revision: newest, n: enforced, all: gateways.length })}</span>
          ${all ? html`<span class="t2 s13">${t("publish.after", { s: number(slowest / 1000, 1) })}</span>` : ""}
        </div>
        ${this.refusal ? note("crit", html`${refusalText(this.refusal)} ${rehearsalProblems(this.refusal)}`, "alert") : ""}
        ${gateways.length > 0 ? html`<div class="grid c3">${gateways.map((each) => this.#gateway(each))}</div>` : ""}
        ${gateways.length === 0 ? note("info", t("publish.noGateways"), "status") : ""}
        <div class="grid side-main">${this.#list()} <div class="grid">${this.#difference()} ${this.back ? this.#wayBack() : ""} ${past(this.tested, "publish.past", () => this.#test())} ${this.#two()}</div></div>`,
    );
  }

  #gateway(each) {
    const bad = each.silent || !each.upToDate;
    return html`<section class="panel" aria-label=${t("publish.gateway", { name: each.node })}>
      <header><h2>${each.node}</h2><span class="end s13 ${bad ? "warn" : "ok"}">${icon(bad ? "s-warn" : "s-ok")} ${each.revision}</span></header>
      <dl class="dl pad">
        <dt>${t("publish.took")}</dt><dd>${each.afterMillis == null ? "—" : t("publish.seconds", { s: number(each.afterMillis / 1000, 1) })}</dd>
        <dt>${t("publish.set")}</dt><dd class="mono">${each.hash.slice(0, 4)}…${each.hash.slice(-4)}</dd>
        <dt>${t("publish.heard")}</dt><dd class=${each.silent ? "warn" : ""}>${clock(each.lastContact)}</dd>
        ${each.refusedRevision ? html`<dt>${t("publish.refused")}</dt><dd class="warn">${each.refusedRevision}: ${refusalOfGateway(each.reason)}</dd>` : ""}
      </dl>
    </section>`;
  }

  #list() {
    const may = this.session.permissions.includes("publish");
    return html`<section class="panel" aria-labelledby="revisions">
      <header><h2 id="revisions">${t("publish.revisions")}</h2></header>
      <table class="tbl"><tbody>
        ${this.revisions.map(
          (each, i) => html`<tr aria-selected=${i === 0 ? "true" : "false"}>
            <td class="b">${each.revision}</td>
            <td>${i === 0 ? t("publish.inForce") : t("publish.before")}${each.contentOf === each.revision ? "" : html` <span class="warn">${icon("undo")} ${each.contentOf}</span>`}
              <span class="sub">${each.account}, ${day(each.at)} ${clock(each.at)}${each.why ? html`: ${sentence(each.why)}` : ""}</span></td>
            <td class="num">${may && i > 0 ? html`<button class="btn quiet" data-back=${each.revision} @click=${() => (this.back = each.revision)}>${icon("undo")}${t("publish.back")}</button>` : ""}</td>
          </tr>`,
        )}
      </tbody></table>
    </section>`;
  }

  #difference() {
    const { next } = this;
    if (!next) return "";
    const line = (style, mark, rule) => html`<div class=${style}>
      <span class="mk">${mark}</span><span class="b">${rule.replace(":shadow", "")}</span><span>${next.titles[rule.replace(":shadow", "")] ?? ""}</span>
      <span>${rule.endsWith(":shadow") ? html`<span class="v v-shadow">${icon("shadow")}${t("order.shadow")}</span>` : ""}</span>
    </div>`;
    const well = next.problems.length === 0;
    return html`<section class="panel" aria-labelledby="next">
      <header><h2 id="next">${t("publish.next", { n: next.revision })}</h2>
        <span class="t2">${t("publish.counts", { added: next.added.length, removed: next.removed.length, same: next.unchanged })}</span>
        <span class="end v ${well ? "v-ok" : "v-critical"}" id="rehearsal">${icon(well ? "s-ok" : "s-crit")}${well ? t("publish.well", { rules: next.rules, trials: next.trials }) : t("publish.unwell")}</span></header>
      <div class="diff" id="difference">
        ${next.added.map((rule) => line("add", "+", rule))}
        ${next.removed.map((rule) => line("del", "−", rule))}
        ${next.lists.map((each) => html`<div><span class="mk">~</span><span class="b">${each.list}</span><span>${t("publish.list", { before: number(each.before), after: number(each.after) })}</span><span></span></div>`)}
        ${next.problems.map((problem) => html`<div class="del"><span class="mk">!</span><span></span><span>${sentence(problem)}</span><span></span></div>`)}
      </div>
      ${this.session.permissions.includes("publish") ? this.#form(next, well) : ""}
    </section>`;
  }

  #form(next, well) {
    return html`<form class="pad row" aria-label=${t("publish.go", { n: next.revision })} @submit=${this.#publish}>
      <label class="s13 t2" for="reason">${t("order.why")}</label><input class="in w-l" id="reason" autocomplete="off" maxlength="2000" />
      <label class="s13 t2" for="number">${t("publish.type", { n: next.revision })}</label>
      <input class="in w-xs" id="number" inputmode="numeric" autocomplete="off" required pattern=${String(next.revision)} />
      <button class="btn primary" id="publish" ?disabled=${!well}>${t("publish.go", { n: next.revision })}</button>
    </form>`;
  }

  #two() {
    const choose = (id, label, value) => html`<label class="s13 t2" for=${id}>${label}</label>
      <input class="in w-xs" id=${id} inputmode="numeric" autocomplete="off" required pattern="[0-9]+" .value=${String(value)} />`;
    const newest = this.roster.newest;
    return html`<section class="panel" aria-labelledby="two">
      <header><h2 id="two">${t("publish.two")}</h2></header>
      <form class="pad row" aria-label=${t("publish.two")} @submit=${this.#compare}>
        ${choose("before", t("publish.two.before"), Math.max(1, newest - 1))} ${choose("after", t("publish.two.after"), newest)}
        <button class="btn" id="compare">${t("publish.two.go")}</button>
      </form>
      ${this.compared ? this.#compared(this.compared) : ""}
    </section>`;
  }

  #compared(diff) {
    const line = (style, mark, name, text) => html`<div class=${style}><span class="mk">${mark}</span><span class="b">${name}</span><span>${text}</span><span></span></div>`;
    const some = (mark, count, first) => (count ? `${mark}${count}${first.length ? ` (${first.slice(0, 5).join(", ")}${count > 5 ? ", …" : ""})` : ""}` : "");
    const nothing = [diff.added, diff.removed, diff.changed, diff.lists].every((each) => each.length === 0);
    return html`<div class="diff" id="compared">
      ${nothing ? line("", "=", "", t("publish.two.same")) : ""}
      ${diff.added.map((each) => line("add", "+", each.rule, said(each.title)))}
      ${diff.removed.map((each) => line("del", "−", each.rule, said(each.title)))}
      ${diff.changed.map((each) => each.changes.map((change) => line("", "~", each.rule, html`<span class="mono">${change.key}</span>: ${change.before || "—"} → ${change.after || "—"}`)))}
      ${diff.lists.map((each) => line("", "~", each.list, [some("+", each.added, each.addedFirst), some("−", each.removed, each.removedFirst), some("~", each.changed, each.changedFirst)].filter(Boolean).join(" · ")))}
    </div>`;
  }

  #wayBack() {
    return html`<form class="panel" aria-label=${t("publish.backTo", { n: this.back })} @submit=${this.#rollBack}>
      <header><h2>${t("publish.backTo", { n: this.back })}</h2></header>
      <div class="pad stack">
        <p class="t2 text">${t("publish.backTo.help", { n: this.back })}</p>
        <div class="field"><label for="why">${t("order.why")}</label><input class="in" id="why" required minlength="3" maxlength="2000" autocomplete="off" /></div>
        <div class="row"><button type="button" class="btn" @click=${() => (this.back = null)}>${t("order.leave")}</button>
          <button class="btn danger" id="rollback">${icon("undo")}${t("publish.backTo", { n: this.back })}</button></div>
      </div>
    </form>`;
  }
}

customElements.define("acc-publish", Publish);
