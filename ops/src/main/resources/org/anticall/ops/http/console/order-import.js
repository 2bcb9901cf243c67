// Many drafts at once out of a file: checked line by line first, undone together.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { refusalText } from "./order-parts.js";
import { icon, note } from "./parts.js";
import { t } from "./words.js";

class OrderImport extends LitElement {
  static properties = {
    tongue: {},
    file: { state: true },
    report: { state: true },
    made: { state: true },
    refusal: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  async #send(dry) {
    try {
      const answer = await api.importOrders(this.file, dry);
      this.refusal = null;
      this.report = answer;
      this.made = dry ? null : answer.import;
      if (!dry) this.#tell();
    } catch (refusal) {
      this.refusal = refusal;
      if (refusal.word === "lines") this.report = refusal.body;
    }
  }

  async #undo(event) {
    event.preventDefault();
    try {
      const { ended } = await api.undoImport(this.made, this.querySelector("#undo-why").value);
      this.made = null;
      this.report = { lines: ended, problems: [], undone: true };
      this.#tell();
    } catch (refusal) {
      this.refusal = refusal;
    }
  }

  #tell() {
    this.dispatchEvent(new CustomEvent("imported", { bubbles: true }));
  }

  render() {
    const report = this.report;
    const well = report && report.problems.length === 0;
    return html`<section class="panel" aria-labelledby="import">
      <header><h2 id="import">${t("import.title")}</h2><span class="t2">${t("import.help")}</span></header>
      <div class="pad stack">
        <div class="row">
          <input class="in w-l" type="file" id="import-file" aria-label=${t("import.file")} accept=".csv,.json,text/csv,application/json"
            @change=${(event) => { [this.file] = event.target.files; this.report = null; this.made = null; }} />
          <button class="btn" id="import-check" ?disabled=${!this.file} @click=${() => this.#send(true)}>${t("import.check")}</button>
          <button class="btn primary" id="import-go" ?disabled=${!this.file || !well || report.undone || this.made} @click=${() => this.#send(false)}>${t("import.go")}</button>
        </div>
        ${this.refusal && this.refusal.word !== "lines" ? note("crit", refusalText(this.refusal), "alert") : ""}
        ${well ? note("ok", t(report.undone ? "import.undone" : this.made ? "import.made" : "import.well", { n: report.lines }), "status") : ""}
        ${report && !well ? this.#problems(report) : ""}
        ${
          this.made
            ? html`<form class="row" @submit=${this.#undo}>
                <label class="s13 t2" for="undo-why">${t("order.why")}</label>
                <input class="in w-l" id="undo-why" required minlength="3" autocomplete="off" />
                <button class="btn danger" id="import-undo">${icon("undo")}${t("import.undo")}</button>
              </form>`
            : ""
        }
      </div>
    </section>`;
  }

  #problems(report) {
    return html`${note("crit", t("import.problems", { n: report.problemCount }), "alert")}
      <table class="tbl" id="import-problems">
        <thead><tr><th class="num">${t("import.line")}</th><th>${t("import.field")}</th><th>${t("import.what")}</th></tr></thead>
        <tbody>${report.problems.map(
          (each) => html`<tr><td class="num b">${each.line}</td><td class="mono">${each.field}</td><td>${t(`problem.${each.word}`, each)}</td></tr>`,
        )}</tbody>
      </table>`;
  }
}

customElements.define("acc-order-import", OrderImport);
