// What came in one file with the chosen order, handed over, approved or ended as a whole.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { number } from "./format.js";
import { refusalText } from "./order-parts.js";
import { icon, note } from "./parts.js";
import { t } from "./words.js";

const STATES = ["draft", "submitted", "approved", "shadow", "live", "expired", "revoked"];

class ImportSteps extends LitElement {
  static properties = {
    order: {},
    session: {},
    tongue: {},
    counts: { state: true },
    ending: { state: true },
    done: { state: true },
    refusal: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (!changed.has("order") || this.shown === this.order.importId) return;
    this.shown = this.order.importId;
    this.counts = this.done = this.refusal = null;
    this.ending = false;
    this.#do(async () => {});
  }

  /** Does something with all of it and shows how things stand then. */
  async #do(action) {
    try {
      await action(this.order.importId);
      this.refusal = null;
      this.counts = (await api.importCounts(this.order.importId)).counts;
    } catch (refusal) {
      this.refusal = refusal;
    }
  }

  #step(send) {
    return this.#do(async (id) => {
      this.done = await send(id);
      this.ending = false;
      this.dispatchEvent(new CustomEvent("stepped", { bubbles: true }));
    });
  }

  #submit() {
    const [file] = this.querySelector("#import-scan").files;
    return this.#step(async (id) => api.submitImport(id, file ? (await api.uploadScan(file)).hash : ""));
  }

  #end(event) {
    event.preventDefault();
    const why = this.querySelector("#import-why").value;
    return this.#step((id) => (this.#may("approve-orders") ? api.revokeImport(id, why) : api.undoImport(id, why)));
  }

  #may(permission) {
    return this.session.permissions.includes(permission);
  }

  render() {
    const { counts } = this;
    if (!counts) return this.refusal ? note("crit", refusalText(this.refusal), "alert") : "";
    const mine = this.order.author.person === this.session.personId;
    const writes = this.#may("write-orders") && mine;
    const approves = this.#may("approve-orders") && !mine;
    const open = (counts.draft ?? 0) + (counts.submitted ?? 0) + (approves ? (counts.approved ?? 0) + (counts.shadow ?? 0) + (counts.live ?? 0) : 0);
    return html`<section class="stack s3" aria-labelledby="import-h" id="import-steps">
      <h3 class="s13 b" id="import-h">${icon("doc")} ${t("import.n", { n: this.order.importId })}</h3>
      <p class="s13 t2">${STATES.filter((each) => counts[each]).map((each) => `${t(`order.${each}`)}: ${number(counts[each])}`).join(" · ")}</p>
      ${this.refusal ? note("crit", this.#refused(this.refusal), "alert") : ""}
      ${this.done ? note(this.done.broad ? "warn" : "ok", html`${t("import.done", { done: number(this.done.done ?? this.done.ended), left: number(this.done.left) })} ${this.done.broad ? t("import.broad", { calls: number(this.done.calls) }) : ""}`, "status") : ""}
      ${writes && counts.draft ? html`<div class="field"><label for="import-scan">${t("import.scan")}</label><input class="in" type="file" id="import-scan" accept="application/pdf" /></div>` : ""}
      ${this.ending ? this.#why() : html`<div class="row">
        ${writes && counts.draft ? html`<button class="btn" id="import-submit" @click=${() => this.#submit()}>${t("import.submit")}</button>` : ""}
        ${approves && counts.submitted ? html`<button class="btn" id="import-approve" @click=${() => this.#step(api.approveImport)}>${t("import.approve")}</button>` : ""}
        ${(writes || approves) && open ? html`<button class="btn danger" id="import-end" @click=${() => (this.ending = true)}>${t("import.end")}</button>` : ""}
      </div>`}
    </section>`;
  }

  /** What the first order that cannot go on lacks, or why none can. */
  #refused(refusal) {
    return refusal.word === "fields" ? refusal.body.problems.map((each) => html`<p>${t(`problem.${each.word}`, each)}</p>`) : refusalText(refusal);
  }

  #why() {
    return html`<form class="stack" @submit=${(event) => this.#end(event)}>
      <div class="field"><label for="import-why">${t("order.why")}</label><input class="in" id="import-why" required minlength="3" maxlength="2000" autocomplete="off" /></div>
      <div class="row">
        <button type="button" class="btn" @click=${() => (this.ending = false)}>${t("order.leave")}</button>
        <button class="btn danger" id="import-end-go">${t("import.end")}</button>
      </div>
    </form>`;
  }
}

customElements.define("acc-import-steps", ImportSteps);
