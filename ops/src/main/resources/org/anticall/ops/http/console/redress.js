// Appeals with their clocks, numbers that pass, and how often each rule was right.
import { LitElement, html, svg } from "lit";
import * as api from "./api.js";
import { clock, country, day, number } from "./format.js";
import { fieldProblem, refusalText, sentence } from "./order-parts.js";
import { isCommand, stepRow } from "./keys.js";
import { icon, note } from "./parts.js";
import { page } from "./topbar.js";
import { t } from "./words.js";

const TABS = ["appeals", "allow", "precision"];
const OPEN = ["open", "answered"];
const when = (at) => `${day(at)} ${clock(at).slice(0, 5)}`;

class Redress extends LitElement {
  static properties = {
    session: {},
    tongue: {},
    theme: {},
    tab: { state: true },
    appeals: { state: true },
    entries: { state: true },
    precision: { state: true },
    chosen: { state: true },
    asking: { state: true },
    writing: { state: true },
    refusal: { state: true },
    done: { state: true },
  };

  #onKey = (event) => this.#key(event);

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.tab = "appeals";
    this.appeals = { appeals: [], counts: {} };
    this.entries = [];
    this.precision = { rules: [] };
    addEventListener("keydown", this.#onKey);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#onKey);
  }

  #may(permission) {
    return this.session.permissions.includes(permission);
  }

  #key(event) {
    if (!isCommand(event)) return;
    if (event.key === "Enter" && event.target.matches?.("tr[data-id]")) event.target.click();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") stepRow(event, this);
  }

  /** Does something and shows how things stand then. */
  async #do(action) {
    try {
      await action();
      this.refusal = null;
      return true;
    } catch (refusal) {
      this.refusal = refusal;
      return false;
    }
  }

  #load() {
    return this.#do(async () => {
      this.appeals = await api.appeals({ most: 100 });
      this.entries = (await api.allowEntries({ most: 100 })).entries;
      this.precision = await api.precision();
    });
  }

  #show(tab) {
    this.tab = tab;
    this.chosen = this.asking = this.writing = this.refusal = this.done = null;
  }

  #choose(open) {
    this.asking = this.writing = this.done = null;
    return this.#do(async () => (this.chosen = await open()));
  }

  /** Carries a step out; what it frees is told with the revision. */
  async #step(send, why) {
    const { id, version } = this.chosen;
    const well = await this.#do(async () => {
      const answer = await send(id, { version, why });
      this.chosen = this.tab === "allow" ? await api.allowEntry(id) : answer;
      this.done = answer.revision ? t("redress.enforced", { n: answer.revision }) : answer.revision === 0 ? t("redress.waits") : null;
      this.asking = null;
    });
    if (well) await this.#load();
  }

  async #write(event, send, names) {
    event.preventDefault();
    const body = Object.fromEntries(names.map((name) => [name, this.querySelector(`#${name}`).value]));
    if (body.until) body.until = new Date(body.until).toISOString();
    else delete body.until;
    if (await this.#do(async () => (this.chosen = await send(body)))) {
      this.writing = null;
      await this.#load();
    }
  }

  // ---- rendering ----

  render() {
    document.title = `${t("redress.title")} — Anti Call-Centre`;
    const late = this.appeals.appeals.filter((each) => each.answerLate || each.decisionLate).length;
    return page(
      this,
      "redress",
      html`<div class="page-head">
          <h1>${t("redress.title")}</h1>
          ${late ? html`<span class="v v-critical" id="late">${icon("s-crit")}${t("redress.late", { n: late })}</span>` : ""}
          <div class="row end">
            ${this.#may("propose-allow") ? html`<button class="btn" id="new-allow" @click=${() => { this.#show("allow"); this.writing = "allow"; }}>${icon("plus")}${t("allow.new")}</button>` : ""}
            ${this.#may("take-appeals") ? html`<button class="btn primary" id="new-appeal" @click=${() => { this.#show("appeals"); this.writing = "appeal"; }}>${icon("plus")}${t("appeal.new")}</button>` : ""}
          </div>
        </div>
        ${this.refusal ? note("crit", this.refusal.word === "fields" ? t("edit.incomplete") : refusalText(this.refusal), "alert") : ""}
        ${this.done ? note("ok", this.done, "status") : ""}
        <div class="grid main-side">
          <section class="panel list" aria-label=${t("redress.title")}>
            <div role="tablist" aria-label=${t("redress.title")} class="tabs">
              ${TABS.map((tab) => html`<button role="tab" id="tab-${tab}" aria-selected=${tab === this.tab ? "true" : "false"} @click=${() => this.#show(tab)}>${t(`redress.${tab}`)}</button>`)}
            </div>
            ${{ appeals: () => this.#appeals(), allow: () => this.#entries(), precision: () => this.#rules() }[this.tab]()}
          </section>
          <aside class="panel" aria-label=${t("redress.chosen")}>${this.#side()}</aside>
        </div>`,
      { keys: [["↑ ↓", "keys.orders"], ["Enter", "keys.openOrder"]] },
    );
  }

  #side() {
    if (this.writing === "appeal") return this.#appealForm();
    if (this.writing === "allow") return this.#allowForm();
    if (!this.chosen) return html`<div class="empty">${icon("s-info")}<h2>${t("redress.choose")}</h2></div>`;
    return this.tab === "allow" ? this.#entry(this.chosen) : this.#appeal(this.chosen);
  }

  #empty(words) {
    return html`<div class="empty">${icon("s-info")}<h2>${words}</h2></div>`;
  }

  #due(at, late, over) {
    if (over) return html`<span class="sub">${when(at)}</span>`;
    return late ? html`<span class="crit">${icon("s-crit")} ${t("appeal.overdue")}</span><span class="sub">${when(at)}</span>` : html`${when(at)}`;
  }

  #appeals() {
    const { appeals } = this.appeals;
    if (appeals.length === 0) return this.#empty(t("appeal.none"));
    return html`<table class="tbl" role="grid" aria-label=${t("redress.appeals")}>
      <thead><tr><th>${t("appeal.number")}</th><th>${t("appeal.who")}</th><th>${t("orders.state")}</th><th>${t("appeal.answerDue")}</th><th>${t("appeal.decisionDue")}</th></tr></thead>
      <tbody>
        ${appeals.map(
          (each) => html`<tr data-id=${each.id} tabindex="0" aria-selected=${each.id === this.chosen?.id ? "true" : "false"} @click=${() => this.#choose(() => api.appeal(each.id))}>
            <td class="nw b">${each.number}<span class="sub">${country(each.country)}</span></td>
            <td class="nw">${t(`appellant.${each.appellant}`)}<span class="sub">${each.takenBy}</span></td>
            <td class="nw">${this.#state(each.state)}</td>
            <td class="nw">${this.#due(each.answerDue, each.answerLate, each.state !== "open")}</td>
            <td class="nw">${this.#due(each.decisionDue, each.decisionLate, !OPEN.includes(each.state))}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #state(state) {
    const [style, shape] = { open: ["v-warn", "clock"], answered: ["v-info", "s-info"], upheld: ["v-ok", "s-ok"], refused: ["v-plain", "x"] }[state] ?? ["v-plain", "undo"];
    return html`<span class="v ${style}">${icon(shape)}${t(`appeal.${state}`)}</span>`;
  }

  #appeal(appeal) {
    return html`
      <header><h2>${t("appeal.n", { n: appeal.id })}</h2><span class="end">${this.#state(appeal.state)}</span></header>
      <div class="pad stack s3" id="detail">
        <p class="text">${appeal.text}</p>
        <dl class="dl">
          <dt>${t("appeal.number")}</dt><dd class="b">${appeal.line.number}</dd>
          <dt>${t("appeal.who")}</dt><dd>${appeal.name}, ${t(`appellant.${appeal.appellant}`)}</dd>
          <dt>${t("appeal.contact")}</dt><dd>${appeal.contact}</dd>
          <dt>${t("appeal.taken")}</dt><dd>${appeal.takenBy.name}, ${when(appeal.takenBy.at)}</dd>
          <dt>${t("appeal.answerDue")}</dt><dd>${this.#due(appeal.answerDue, appeal.line.answerLate, appeal.answer)}</dd>
          <dt>${t("appeal.decisionDue")}</dt><dd>${this.#due(appeal.decisionDue, appeal.line.decisionLate, appeal.decision)}</dd>
          ${appeal.answer ? html`<dt>${t("appeal.said")}</dt><dd>${appeal.answer.text}</dd>` : ""}
          ${appeal.decision && appeal.decision.text !== appeal.answer?.text ? html`<dt>${t("appeal.decision")}</dt><dd>${appeal.decision.text}</dd>` : ""}
        </dl>
        <h3 class="label">${t("appeal.records")}</h3>
        ${
          appeal.concerned.length === 0
            ? html`<p class="t2 s13">${t("appeal.records.none")}</p>`
            : html`<table class="tbl" id="concerned"><tbody>${appeal.concerned.map(
                (each) => html`<tr><td class="nw">${when(each.at)}<span class="sub">${each.rule ? t("rule.n", { rule: each.rule }) : ""}</span></td><td class="num"><span class="v v-${each.verdict}">${icon(`v-${each.verdict}`)}${t(`action.${each.verdict}`)}</span></td></tr>`,
              )}</tbody></table>`
        }
        ${appeal.alsoHit.map(
          (rule) => html`<h3 class="label">${t("appeal.alsoHit", { rule: rule.rule, n: rule.days })}</h3>
            ${
              rule.others.length === 0
                ? html`<p class="t2 s13">${t("appeal.alsoHit.none")}</p>`
                : html`<table class="tbl" data-also=${rule.rule}><tbody>${rule.others.map(
                    (each) => html`<tr><td class="nw b">${each.number}<span class="sub">${country(each.country)}</span></td><td class="num nw">${t("search.found", { n: each.calls })}</td></tr>`,
                  )}</tbody></table>`
            }`,
        )}
        ${this.#history(appeal.history)}
        ${this.asking ? this.#why() : html`<div class="row">${this.#appealActions(appeal)}</div>`}
      </div>
    `;
  }

  #appealActions(appeal) {
    if (!OPEN.includes(appeal.state)) return "";
    const actions = [];
    if (this.#may("take-appeals")) {
      if (appeal.state === "open") actions.push(this.#ask("answer", api.answerAppeal, "primary"));
      actions.push(this.#ask("withdraw", api.withdrawAppeal));
    }
    if (this.#may("decide-redress")) {
      actions.push(this.#ask("uphold", (id, body) => api.decideAppeal(id, { ...body, uphold: true }), "primary"));
      actions.push(this.#ask("refuse", (id, body) => api.decideAppeal(id, { ...body, uphold: false }), "danger"));
    }
    return actions;
  }

  #entries() {
    if (this.entries.length === 0) return this.#empty(t("allow.none"));
    return html`<table class="tbl" role="grid" aria-label=${t("redress.allow")}>
      <thead><tr><th>${t("appeal.number")}</th><th>${t("allow.reason")}</th><th>${t("allow.origin")}</th><th>${t("orders.state")}</th><th>${t("orders.until")}</th></tr></thead>
      <tbody>
        ${this.entries.map(
          (each) => html`<tr data-id=${each.id} tabindex="0" aria-selected=${each.id === this.chosen?.id ? "true" : "false"} @click=${() => this.#choose(() => api.allowEntry(each.id))}>
            <td class="nw b">${each.number}</td>
            <td>${sentence(each.reason)}<span class="sub">${each.proposer.name}</span></td>
            <td class="nw">${t(`allow.origin.${each.origin}`)}</td>
            <td class="nw">${this.#entryState(each)}</td>
            <td class="nw">${day(each.until)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #entryState(entry) {
    const over = entry.state === "allowed" && Date.parse(entry.until) <= Date.now();
    const state = over ? "over" : entry.state;
    const [style, shape] = { proposed: ["v-warn", "clock"], allowed: ["v-ok", "s-ok"] }[state] ?? ["v-plain", "x"];
    return html`<span class="v ${style}">${icon(shape)}${t(`allow.${state}`)}</span>`;
  }

  #entry(entry) {
    return html`
      <header><h2>${entry.number}</h2><span class="end">${this.#entryState(entry)}</span></header>
      <div class="pad stack s3" id="detail">
        <p class="text">${sentence(entry.reason)}</p>
        <dl class="dl">
          <dt>${t("allow.origin")}</dt><dd>${t(`allow.origin.${entry.origin}`)}${entry.appeal ? html`, ${t("appeal.n", { n: entry.appeal })}` : ""}</dd>
          <dt>${t("allow.by")}</dt><dd>${entry.proposer.name}</dd>
          <dt>${t("orders.until")}</dt><dd>${when(entry.until)}</dd>
          ${entry.rule ? html`<dt>${t("fact.rule")}</dt><dd>${entry.rule}</dd>` : ""}
        </dl>
        ${this.#history(entry.history ?? [])}
        ${this.asking ? this.#why() : html`<div class="row">${this.#entryActions(entry)}</div>`}
      </div>
    `;
  }

  #entryActions(entry) {
    if (!this.#may("decide-redress")) return "";
    const step = (name) => (id, body) => api.stepAllow(id, name, body);
    if (entry.state === "allowed") return this.#ask("end", step("end"), "danger");
    if (entry.state !== "proposed") return "";
    return html`<button class="btn primary" id="approve" @click=${() => this.#step(step("approve"), "")}>${t("allow.approve")}</button> ${this.#ask("decline", step("decline"))}`;
  }

  #history(steps) {
    return html`<ol class="steps">
      ${steps.map(
        (step) => html`<li class="done"><span>${t(`did.${step.action}`)}</span><span class="t3">${when(step.at)}</span>
          <span class="sub">${step.account}${step.why ? html`: ${step.why}` : ""}</span></li>`,
      )}
    </ol>`;
  }

  #ask(name, send, style = "") {
    return html`<button class="btn ${style}" id=${name} @click=${() => (this.asking = { name, send, style })}>${t(`redress.do.${name}`)}</button>`;
  }

  #why() {
    const { name, send, style } = this.asking;
    return html`<form class="stack" @submit=${(event) => { event.preventDefault(); this.#step(send, this.querySelector("#why").value); }}>
      <div class="field"><label for="why">${t(`redress.why.${name}`)}</label><textarea class="in" id="why" rows="3" required minlength="3" maxlength="2000"></textarea></div>
      <div class="row">
        <button type="button" class="btn" @click=${() => (this.asking = null)}>${t("order.leave")}</button>
        <button class="btn ${style}" id="do">${t(`redress.do.${name}`)}</button>
      </div>
    </form>`;
  }

  #field(name, label, help = "") {
    const problem = fieldProblem(this.refusal, name);
    return html`<div class="field ${problem ? "bad" : ""}"><label for=${name}>${label}</label>${help ? html`<p class="help">${help}</p>` : ""}${problem}
      <input class="in" id=${name} autocomplete="off" spellcheck="false" aria-invalid=${problem ? "true" : "false"} /></div>`;
  }

  #area(name, label) {
    const problem = fieldProblem(this.refusal, name);
    return html`<div class="field ${problem ? "bad" : ""}"><label for=${name}>${label}</label>${problem}
      <textarea class="in" id=${name} rows="4" aria-invalid=${problem ? "true" : "false"}></textarea></div>`;
  }

  #appealForm() {
    return html`<header><h2>${t("appeal.new")}</h2></header>
      <form class="pad stack" id="appeal-form" @submit=${(event) => this.#write(event, api.takeAppeal, ["appellant", "name", "contact", "number", "text"])}>
        <div class="field"><label for="appellant">${t("appeal.who")}</label>
          <select class="in" id="appellant"><option value="caller">${t("appellant.caller")}</option><option value="citizen">${t("appellant.citizen")}</option></select></div>
        ${this.#field("name", t("appeal.name"))} ${this.#field("contact", t("appeal.contact"))}
        ${this.#field("number", t("appeal.number"), t("appeal.number.help"))} ${this.#area("text", t("appeal.text"))}
        <p class="t2 s13">${t("appeal.clocks")}</p>
        <div class="row"><button type="button" class="btn" @click=${() => (this.writing = null)}>${t("order.leave")}</button>
          <button class="btn primary" id="take">${t("appeal.take")}</button></div>
      </form>`;
  }

  #allowForm() {
    return html`<header><h2>${t("allow.new")}</h2></header>
      <form class="pad stack" id="allow-form" @submit=${(event) => this.#write(event, api.proposeAllow, ["number", "reason", "until"])}>
        ${this.#field("number", t("appeal.number"), "+447700900217")} ${this.#area("reason", t("allow.reason"))}
        <div class="field"><label for="until">${t("orders.until")}</label><p class="help">${t("allow.until.help")}</p><input class="in" id="until" type="date" /></div>
        <p class="t2 s13">${t("allow.second")}</p>
        <div class="row"><button type="button" class="btn" @click=${() => (this.writing = null)}>${t("order.leave")}</button>
          <button class="btn primary" id="propose">${t("allow.propose")}</button></div>
      </form>`;
  }

  #rules() {
    const { rules, floor, fewest, days } = this.precision;
    if (rules.length === 0) return this.#empty(t("precision.none"));
    const percent = (share) => `${number(100 * share)} %`;
    return html`<p class="pad t2 s13">${t("precision.help", { days, fewest, floor: percent(floor) })}</p>
      <table class="tbl" id="precision">
        <thead><tr><th>${t("fact.rule")}</th><th class="num">${t("precision.right")}</th><th class="num">${t("precision.wrong")}</th><th class="num">${t("precision.share")}</th><th>${t("precision.interval")}</th><th></th></tr></thead>
        <tbody>
          ${rules.map(
            (each) => html`<tr>
              <td class="b">${each.order ? html`<a href="#orders">${each.rule}</a>` : each.rule}</td>
              <td class="num">${number(each.right)}</td><td class="num">${number(each.wrong)}</td>
              <td class="num">${each.right + each.wrong ? percent(each.share) : "—"}</td>
              <td class="nw">${this.#interval(each, floor)} ${percent(each.low)} – ${percent(each.high)}</td>
              <td class="nw">${each.proposedForShadow ? html`<span class="v v-warn">${icon("s-warn")}${t("precision.shadow")}</span>` : ""}</td>
            </tr>`,
          )}
        </tbody>
      </table>`;
  }

  /** The interval as a line, the floor as a mark. */
  #interval(each, floor) {
    return html`<svg class="interval" viewBox="0 0 100 10" aria-hidden="true">
      ${svg`<line class="track" x1="0" x2="100" y1="5" y2="5"></line><line class="span" x1=${100 * each.low} x2=${100 * each.high} y1="5" y2="5"></line>
        <line class="floor" x1=${100 * floor} x2=${100 * floor} y1="1" y2="9"></line><circle class="share" cx=${100 * each.share} cy="5" r="2.5"></circle>`}
    </svg>`;
  }
}

customElements.define("acc-redress", Redress);
