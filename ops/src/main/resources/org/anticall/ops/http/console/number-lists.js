// Lists of numbers that orders name: what stands in each, the files the numbers come in, and which list has a number.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { clock, day, number } from "./format.js";
import { fieldProblem, refusalText } from "./order-parts.js";
import { icon, note } from "./parts.js";
import { t } from "./words.js";

class NumberLists extends LitElement {
  static properties = {
    session: {},
    tongue: {},
    lists: { state: true },
    chosen: { state: true },
    imports: { state: true },
    file: { state: true },
    progress: { state: true },
    report: { state: true },
    found: { state: true },
    asking: { state: true },
    refusal: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.lists = [];
    this.imports = [];
    this.#do(() => this.#load());
  }

  #may(permission) {
    return this.session.permissions.includes(permission);
  }

  async #do(action) {
    try {
      await action();
      this.refusal = null;
    } catch (refusal) {
      this.refusal = refusal;
      if (refusal.word === "lines") this.report = refusal.body;
    }
  }

  async #load() {
    this.lists = (await api.managedLists()).lists;
    if (this.chosen) this.imports = (await api.listImports(this.chosen)).imports;
  }

  #value(id) {
    return this.querySelector(`#${id}`)?.value ?? "";
  }

  #make(event) {
    event.preventDefault();
    this.#do(async () => {
      await api.makeList(this.#value("list-name"), this.#value("list-purpose"));
      event.target.reset();
      await this.#load();
    });
  }

  #choose(name) {
    this.chosen = name;
    this.file = null;
    this.report = null;
    this.asking = null;
    this.#do(() => this.#load());
  }

  #find(event) {
    event.preventDefault();
    this.#do(async () => (this.found = (await api.findInLists(this.#value("list-find"))).entries));
  }

  #send(dry) {
    this.report = null;
    this.#do(async () => {
      try {
        const what = { dry, document: this.#value("list-document"), office: this.#value("list-office") };
        this.report = await api.importNumbers(this.chosen, this.file, what, (progress) => (this.progress = progress));
        if (!dry) {
          this.file = null;
          await this.#load();
        }
      } finally {
        this.progress = null;
      }
    });
  }

  #step(each, step, why = "") {
    this.#do(async () => {
      await api.stepListImport(each.id, step, { version: each.version, why });
      this.asking = null;
      await this.#load();
    });
  }

  // ---- rendering ----

  render() {
    return html`<section class="panel" aria-labelledby="lists">
      <header><h2 id="lists">${t("lists.title")}</h2><span class="t2">${t("lists.help")}</span></header>
      <div class="pad stack">
        ${this.refusal && this.refusal.word !== "lines" ? note("crit", this.refusal.word === "fields" ? t("edit.incomplete") : refusalText(this.refusal), "alert") : ""}
        ${this.#finder()} ${this.#table()} ${this.#may("write-orders") ? this.#maker() : ""} ${this.chosen ? this.#list() : ""}
      </div>
    </section>`;
  }

  #finder() {
    return html`<form class="row" role="search" @submit=${this.#find}>
        <label class="s13 t2" for="list-find">${t("lists.find")}</label>
        <input class="in w-l" id="list-find" autocomplete="off" placeholder="+447700900217" /><button class="btn" id="list-find-go">${t("lists.find.go")}</button>
      </form>
      ${fieldProblem(this.refusal, "number")}
      ${this.found ? html`<p id="list-found" role="status">${this.found.length === 0 ? t("lists.find.none") : this.found.map((each) => html`<span class="v v-plain">${each.list}: ${each.entry} (${each.document})</span> `)}</p>` : ""}`;
  }

  #table() {
    if (this.lists.length === 0) return html`<p class="t2">${t("lists.none")}</p>`;
    return html`<table class="tbl" id="list-table">
      <thead><tr><th>${t("lists.name")}</th><th>${t("lists.purpose")}</th><th class="num">${t("lists.numbers")}</th><th class="num">${t("lists.waiting")}</th><th></th></tr></thead>
      <tbody>${this.lists.map(
        (each) => html`<tr aria-selected=${each.name === this.chosen ? "true" : "false"}>
          <td class="b nw">${each.name}</td><td>${each.purpose}</td><td class="num">${number(each.numbers)}</td><td class="num">${number(each.waiting)}</td>
          <td class="num"><button class="btn" data-list=${each.name} @click=${() => this.#choose(each.name)}>${t("lists.open", { name: each.name })}</button></td>
        </tr>`,
      )}</tbody>
    </table>`;
  }

  #maker() {
    const field = (id, label, path, size) => html`<label class="s13 t2" for=${id}>${label}</label>
      <input class="in ${size}" id=${id} autocomplete="off" required aria-invalid=${fieldProblem(this.refusal, path) ? "true" : "false"} />`;
    return html`<form class="row" id="list-make" @submit=${this.#make}>
        ${field("list-name", t("lists.name"), "name", "w-m")} ${field("list-purpose", t("lists.purpose"), "purpose", "w-l")}
        <button class="btn" id="list-make-go">${icon("plus")}${t("lists.make")}</button>
      </form>
      ${fieldProblem(this.refusal, "name")} ${fieldProblem(this.refusal, "purpose")}`;
  }

  #list() {
    return html`<h3 class="s16 b">${t("lists.imports", { name: this.chosen })}</h3>
      ${this.#may("write-orders") ? this.#form() : ""} ${this.#imports()}`;
  }

  #form() {
    const busy = this.progress != null;
    const report = this.report;
    const well = report && report.problemCount === 0 && report.numbers > 0;
    return html`<div class="row">
        <input class="in w-l" type="file" id="list-file" aria-label=${t("import.file")} accept=".csv,.txt,text/csv,text/plain" ?disabled=${busy}
          @change=${(event) => { [this.file] = event.target.files; this.report = null; }} />
        <label class="s13 t2" for="list-document">${t("edit.document")}</label><input class="in w-m" id="list-document" autocomplete="off" />
        <label class="s13 t2" for="list-office">${t("edit.office")}</label><input class="in w-m" id="list-office" autocomplete="off" />
        <button class="btn" id="list-check" ?disabled=${!this.file || busy} @click=${() => this.#send(true)}>${t("import.check")}</button>
        <button class="btn primary" id="list-go" ?disabled=${!this.file || busy || !well || report.import} @click=${() => this.#send(false)}>${t("import.go")}</button>
      </div>
      ${fieldProblem(this.refusal, "document")}
      ${busy ? this.#progress(this.progress) : ""}
      ${well ? note("ok", t(report.import ? "lists.imported" : "lists.well", { n: number(report.numbers), lines: number(report.lines), doubles: number(report.doubles) }), "status") : ""}
      ${report && !well ? this.#problems(report) : ""}`;
  }

  #progress(at) {
    return html`<div class="row" id="list-progress"><progress max="100" value=${at.percent} aria-label=${t("lists.progress")}></progress>
      <span role="status">${t("lists.progress.text", { percent: at.percent, lines: number(at.lines), rate: number(at.rate) })}</span></div>`;
  }

  #problems(report) {
    return html`${note("crit", t("import.problems", { n: report.problemCount }), "alert")}
      <table class="tbl" id="list-problems">
        <thead><tr><th class="num">${t("import.line")}</th><th>${t("import.what")}</th></tr></thead>
        <tbody>${report.problems.map((each) => html`<tr><td class="num b">${each.line}</td><td>${t(`problem.${each.word}`, each)}</td></tr>`)}</tbody>
      </table>`;
  }

  #imports() {
    if (this.imports.length === 0) return html`<p class="t2">${t("lists.imports.none")}</p>`;
    return html`<table class="tbl" id="list-imports"><tbody>${this.imports.map(
      (each) => html`<tr data-import=${each.id}>
        <td class="num b">${each.id}</td><td class="nw">${t(`listimport.${each.state}`)}</td><td class="num">${number(each.numbers)}</td>
        <td>${each.document}<span class="sub">${each.office} ${each.file}</span></td>
        <td>${each.author.name}${each.decider ? html` → ${each.decider.name}` : ""}<span class="sub">${day(each.author.at)} ${clock(each.author.at)} ${each.why}</span></td>
        <td>${this.asking === each.id ? this.#why(each) : this.#actions(each)}</td>
      </tr>`,
    )}</tbody></table>`;
  }

  #actions(each) {
    const mine = each.author.person === this.session.personId;
    const approver = this.#may("approve-orders");
    const approve = approver && !mine && each.state === "waiting";
    const undo = each.state !== "undone" && (approver || (mine && this.#may("write-orders") && each.state === "waiting"));
    return html`<div class="row">
      ${approve ? html`<button class="btn primary" data-approve=${each.id} @click=${() => this.#step(each, "approve")}>${t("step.approve")}</button>` : ""}
      ${undo ? html`<button class="btn danger" data-undo=${each.id} @click=${() => (this.asking = each.id)}>${icon("undo")}${t("import.undo")}</button>` : ""}
    </div>`;
  }

  #why(each) {
    const step = this.#may("approve-orders") ? "undo" : "withdraw";
    return html`<form class="row" @submit=${(event) => { event.preventDefault(); this.#step(each, step, this.#value("list-why")); }}>
      <label class="s13 t2" for="list-why">${t("order.why")}</label><input class="in w-m" id="list-why" required minlength="3" autocomplete="off" />
      <button class="btn danger" id="list-undo">${t("import.undo")}</button>
    </form>`;
  }
}

customElements.define("acc-number-lists", NumberLists);
