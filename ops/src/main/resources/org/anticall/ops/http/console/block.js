// A caller who ought to be blocked: the operator's proposal, and what the supervisor makes of it.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { clock, country } from "./format.js";
import { icon, note, numberText } from "./parts.js";
import { Repeating } from "./repeating.js";
import { t } from "./words.js";

const LOOK_EVERY_MS = 10_000;

/** Beside the call: why should nobody hear from this caller any more? */
class BlockForm extends LitElement {
  static properties = { call: {}, tongue: {}, open: { state: true }, state: { state: true } };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has("call")) {
      this.open = false;
      this.state = "";
    }
  }

  /** Opens or closes the form. */
  async toggle() {
    if (this.state === "sent") return;
    this.open = !this.open;
    await this.updateComplete;
    if (this.open) this.querySelector("textarea").focus();
  }

  async #send(event) {
    event.preventDefault();
    const why = this.querySelector("textarea").value.trim();
    if (why.length < 3) {
      this.state = "short";
      return;
    }
    try {
      await api.proposeBlock(this.call, why);
      this.open = false;
      this.state = "sent";
    } catch (refusal) {
      this.state = ["no-number", "not-yours"].includes(refusal.word) ? refusal.word : "unkept";
    }
  }

  render() {
    if (this.state === "sent") return note("ok", t("block.sent"), "status");
    if (!this.open) return html`<button class="btn" data-act="block" @click=${() => this.toggle()}>${icon("block")}${t("block.propose")} <kbd>B</kbd></button>`;
    return html`<form class="stack" @submit=${(event) => this.#send(event)}>
      ${this.state ? note("warn", t(`block.trouble.${this.state}`), "alert") : ""}
      <label class="label" for="block-why">${t("block.why")}</label>
      <textarea class="in" id="block-why" rows="2" maxlength="2000"></textarea>
      <span class="row">
        <button class="btn primary">${icon("block")}${t("block.send")}</button>
        <button class="btn quiet" type="button" @click=${() => this.toggle()}>${t("block.not")}</button>
      </span>
    </form>`;
  }
}

/** On the shift's screen: what operators proposed. */
class BlockProposals extends LitElement {
  static properties = { tongue: {}, proposals: { state: true }, trouble: { state: true } };

  constructor() {
    super();
    new Repeating(this, LOOK_EVERY_MS, () => this.#look(), { atOnce: true });
    this.proposals = [];
    this.trouble = "";
  }

  createRenderRoot() {
    return this;
  }

  async #look() {
    try {
      this.proposals = (await api.blockProposals()).proposals;
    } catch {
      // What was read last stays.
    }
  }

  /** The caller goes to the desk for four hours; the order lapses unless a prosecutor confirms it. */
  async #block(proposal) {
    const title = t("block.title", { number: proposal.number });
    await this.#do(() => api.block(proposal.id, { title, territory: t("block.territory") }));
  }

  async #do(what) {
    try {
      await what();
      this.trouble = "";
    } catch (refusal) {
      this.trouble = ["emergency-broad", "closed"].includes(refusal.word) ? refusal.word : "refused";
    }
    await this.#look();
  }

  render() {
    if (this.proposals.length === 0 && !this.trouble) return "";
    return html`<section class="panel" aria-labelledby="proposals-h">
      <header><h2 id="proposals-h">${t("block.proposals")}</h2><span class="t3 end">${this.proposals.length}</span></header>
      <div class="pad stack">
        ${this.trouble ? note("warn", t(`block.trouble.${this.trouble}`), "alert") : ""}
        ${this.proposals.map(
          (each) => html`<div class="stack" data-proposal=${each.id}>
            <div><b class="m nw">${numberText(each.caller)}</b> <span class="t3 s12">${country(each.caller.country)} · ${each.account} · ${clock(each.at)}</span></div>
            <p class="text s13">${each.why}</p>
            <span class="row">
              <button class="btn" data-act="emergency" @click=${() => this.#block(each)}>${icon("block")}${t("block.four-hours")}</button>
              <button class="btn quiet" data-act="let-be" @click=${() => this.#do(() => api.letBe(each.id))}>${t("block.let-be")}</button>
            </span>
          </div>`,
        )}
        <p class="t3 s12 text">${t("block.lapses")}</p>
      </div>
    </section>`;
  }
}

customElements.define("acc-block", BlockForm);
customElements.define("acc-proposals", BlockProposals);
