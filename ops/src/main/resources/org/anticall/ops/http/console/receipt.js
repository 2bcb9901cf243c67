// The receipt of the chosen call: why it is here, what was known, what became of it.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { clockMillis, clock, country, day, number, span } from "./format.js";
import { askMatter } from "./matter.js";
import { icon, isOver, isWaiting, note, numberText, seatOf, stateBadge } from "./parts.js";
import { said, t } from "./words.js";
import "./recording.js";

class Receipt extends LitElement {
  static properties = {
    call: {},
    session: {},
    tongue: {},
    now: {},
    record: { state: true },
    full: { state: true },
    trouble: { state: true },
    releasing: { state: true },
    trial: { state: true },
    holding: { state: true },
  };

  #asked = "";

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (!changed.has("call") || !this.call) return;
    const { id, reason } = this.call;
    if (changed.get("call")?.id !== id) {
      this.record = this.full = this.trouble = this.releasing = this.trial = this.holding = null;
      this.#asked = "";
    } else if (this.record) {
      this.#follow();
    }
    if (reason && this.#asked !== id) {
      this.#asked = id; // once an opening: each time is a look that is written down
      this.#load(id);
    }
  }

  /** The call went on while the receipt is open: its life is told on without another look. */
  #follow() {
    const last = this.record.history.at(-1);
    if (last?.state !== this.call.state || last?.seat !== this.call.seat) {
      this.record = { ...this.record, history: [...this.record.history, this.call] };
    }
  }

  async #load(id) {
    try {
      const record = await api.receipt(id);
      if (this.call?.id === id) this.record = record;
    } catch (refusal) {
      if (this.call?.id === id) this.trouble = refusal.word;
    }
  }

  /** A look at a call that is over is somebody's own wish: why is asked when they press, not when they pass by. */
  async #say() {
    const { id } = this.call;
    if (!(await askMatter()) || this.call?.id !== id) return;
    this.trouble = null;
    await this.#load(id);
  }

  /** A key that was pressed while no field had the focus. */
  key(event) {
    if (!this.call) return;
    if (event.code === "KeyV") this.#show();
    if (event.code === "F4") {
      event.preventDefault();
      this.#release();
    }
  }

  async #show() {
    if (!this.record || this.full) return;
    const id = this.call.id;
    try {
      const full = await api.numbers(id);
      if (this.call?.id === id) this.full = full;
    } catch (refusal) {
      this.trouble = refusal.word;
    }
  }

  /** What would happen to this call today, with everything approved. */
  async #try() {
    const id = this.call.id;
    try {
      const trial = await api.tryRecorded(id);
      if (this.call?.id === id) this.trial = trial;
    } catch (refusal) {
      this.trouble = ["unknown", "unreachable", "database", "csrf", "signed-out"].includes(refusal.word) ? refusal.word : "internal";
    }
  }

  /** Keeps the record as evidence beyond its time, or lets it go. */
  async #hold(event) {
    event.preventDefault();
    const id = this.call.id;
    try {
      const { held } = await (this.record.held ? api.unholdRecord : api.holdRecord)(id, this.querySelector("#hold-why").value);
      if (this.call?.id === id) this.record = { ...this.record, held };
      this.holding = false;
    } catch (refusal) {
      this.trouble = ["unknown", "unreachable", "database", "csrf", "signed-out"].includes(refusal.word) ? refusal.word : "internal";
    }
  }

  async #release() {
    if (this.session.role !== "operator" || !isWaiting(this.call) || this.releasing) return;
    this.releasing = true;
    try {
      await api.release(this.call.id);
    } catch (refusal) {
      this.trouble = refusal.word;
      this.releasing = false;
    }
  }

  render() {
    const call = this.call;
    if (!call) {
      return html`<section class="panel">
        <header><h2>${t("receipt")}</h2></header>
        <div class="pad"><p class="t2 s13 text">${t("receipt.none")}</p></div>
      </section>`;
    }
    return html`<section class="panel" aria-labelledby="receipt-head">
      <header><h2 id="receipt-head">${t("receipt")} <span class="mono nw">${call.id}</span></h2></header>
      <div class="pad">
        ${this.trouble ? html`<div class="below">${note("warn", t(`trouble.${this.trouble}`), "status")}</div>` : ""}
        ${this.trouble === "why" ? html`<div class="row below"><button class="btn" id="say-why" @click=${() => this.#say()}>${icon("doc")}${t("matter.say")}</button></div>` : ""}
        <div class="row">
          <span class="v v-divert">${icon("v-divert")}${t("verdict.divert")}</span>
          <span class="s13 t2">${this.#moment(call)}</span>
        </div>
        <p class="s16 text mt2" id="receipt-reason">${call.reason ? said(call.reason) : t("reason.waiting.long")}</p>
        ${this.#facts(call)} ${this.#actions(call)} ${this.record ? this.#trial() : ""} ${this.record ? this.#evidence() : ""}
      </div>
      ${
        this.session.permissions.includes("hear-recordings") && isOver(call)
          ? html`<acc-recording .call=${call.id} .tongue=${this.tongue}></acc-recording>`
          : ""
      }
      <h3 class="h2 pad rule-line">${t("life")}</h3>
      ${this.#life(call)}
      <footer class="row s12 t3 nowrap top">
        ${icon("eye")}<span>${this.record ? t("looks", { n: this.record.looks }) : t("looks.coming")}</span>
      </footer>
    </section>`;
  }

  #moment(call) {
    const took = this.record ? t("took", { n: number(this.record.decisionNanos / 1000, 1) }) : "";
    return html`${day(call.at)} <span class="nw">${clockMillis(call.at)}</span>${call.node ? `, ${call.node}` : ""}${took ? html`, <b class="t1 nw">${took}</b>` : ""}`;
  }

  #facts(call) {
    const record = this.record;
    const pair = (key, value) => (value ? html`<dt>${t(key)}</dt><dd>${value}</dd>` : "");
    const callee = this.full ? this.full.callee : call.callee;
    return html`<dl class="dl mt2">
      ${pair("fact.rule", call.rule)}
      ${record && record.revision ? html`<dt>${t("fact.ruleSet")}</dt><dd>${t("fact.revision", { n: record.revision })} <span class="mono">${record.ruleSetHash.slice(0, 8)}</span></dd>` : ""}
      ${record ? this.#caller(record.facts) : pair("fact.caller", numberText(call.caller))}
      <dt>${t("fact.callee")}</dt><dd id="callee">${numberText(callee)}</dd>
      ${record ? this.#forwarded(record.facts) : ""}
      ${record && record.facts.callerRoaming.state !== "not-asked" ? pair("fact.roaming", this.#roaming(record.facts.callerRoaming)) : ""}
      ${record ? pair("fact.privacy", record.facts.privacy ? t("fact.privacy.yes") : "") : ""}
      ${pair("fact.trunk", call.trunk)}
      ${record?.verdict.ladder ? pair("fact.ladder", record.verdict.ladder.map((step) => t(`ladder.${step}`)).join(", ")) : ""}
      ${record && record.shadowHits.length > 0 ? pair("fact.shadow", record.shadowHits.join(", ")) : ""}
    </dl>`;
  }

  #party(party) {
    const place = country(party.country);
    return html`${numberText(party)}${place ? html` <span class="t3">${place}</span>` : ""}`;
  }

  #caller(facts) {
    const { asserted, presented } = facts;
    if (asserted.kind === "absent" || (asserted.text && asserted.text === presented.text)) {
      return html`<dt>${t("fact.caller")}</dt><dd>${this.#party(presented)}</dd>`;
    }
    return html`<dt>${t("fact.asserted")}</dt><dd>${this.#party(asserted)}</dd>
      <dt>${t("fact.presented")}</dt><dd>${this.#party(presented)}</dd>`;
  }

  #forwarded(facts) {
    if (facts.redirecting.kind === "absent") return "";
    const party = this.full ? this.full.redirecting : facts.redirecting;
    return html`<dt>${t("fact.redirecting")}</dt><dd>${this.#party(party)}</dd>`;
  }

  #roaming(answer) {
    const place = country(answer.country);
    return t(`roaming.${answer.state}`) + (place ? `, ${place}` : "");
  }

  #actions(call) {
    const mayRelease = this.session.role === "operator" && isWaiting(call);
    return html`<div class="row mt4">
      <button class="btn" ?disabled=${!this.record || Boolean(this.full)} @click=${() => this.#show()}>
        ${icon("eye")}${t(this.full ? "number.shown" : "number.show")} <kbd>V</kbd>
      </button>
      ${
        mayRelease
          ? html`<button class="btn" id="release" ?disabled=${Boolean(this.releasing)} @click=${() => this.#release()}>
              ${icon("connect")}${t(this.releasing ? "releasing" : "release")} <kbd>F4</kbd>
            </button>`
          : ""
      }
    </div>`;
  }

  #evidence() {
    const { held } = this.record;
    if (!this.session.permissions.includes("hold-evidence")) return held ? html`<p class="s13 t2 mt2">${icon("lock")} ${t("evidence.held")}</p>` : "";
    const word = t(held ? "evidence.release" : "evidence.hold");
    return html`${held ? html`<p class="s13 t2 mt2" id="held">${icon("lock")} ${t("evidence.held")}</p>` : ""}
      ${
        this.holding
          ? html`<form class="stack mt2" @submit=${(event) => this.#hold(event)}>
              <div class="field"><label for="hold-why">${t("order.why")}</label><input class="in" id="hold-why" required minlength="3" maxlength="2000" autocomplete="off" /></div>
              <div class="row"><button type="button" class="btn" @click=${() => (this.holding = false)}>${t("order.leave")}</button><button class="btn primary" id="hold-do">${word}</button></div>
            </form>`
          : html`<div class="row mt2"><button type="button" class="btn" id="hold" @click=${() => (this.holding = true)}>${icon("lock")}${word}</button></div>`
      }`;
  }

  #trial() {
    const trial = this.trial;
    return html`<div class="row mt2"><button type="button" class="btn" id="try" @click=${() => this.#try()}>${t("receipt.try")}</button></div>
      ${
        trial
          ? html`<div class="stack mt2" id="trial" aria-live="polite">
              <span><span class="v v-${trial.verdict}">${icon(`v-${trial.verdict}`)}${t(`action.${trial.verdict}`)}</span> ${trial.rule ? t("rule.n", { rule: trial.rule }) : ""}</span>
              ${trial.reason ? html`<p class="s13 t2">${said(trial.reason)}</p>` : ""}
            </div>`
          : ""
      }`;
  }

  #life(call) {
    const history = this.record?.history ?? [];
    const last = history.at(-1);
    const all = last?.state === call.state && last?.seat === call.seat ? history : [...history, call];
    return html`<ol class="steps pad">
      ${all.map((step, index) => {
        const latest = index === all.length - 1;
        return html`<li class="${latest && !isOver(call) ? "now" : "done"} ${latest ? "tail" : ""}">
          <span>${latest ? stateBadge(step) : t(`state.${step.state}`)} <span class="t2">${seatOf(step)}</span></span>
          <span class="t3 s12 nw">${clock(step.changedAt)}</span>
          <span class="sub">${step.outcome ? t(`outcome.${step.outcome}`) : latest ? span(this.now - Date.parse(step.changedAt)) : ""}</span>
        </li>`;
      })}
    </ol>`;
  }
}

customElements.define("acc-receipt", Receipt);
