// The form of an order, with what it would have hit beside it.
import { LitElement, html } from "lit";
import { keyed } from "lit/directives/keyed.js";
import * as api from "./api.js";
import { number } from "./format.js";
import { fieldProblem, ladderWords, refusalText, rehearsalProblems } from "./order-parts.js";
import { hits, oneCall, past, signatures } from "./order-preview.js";
import { icon, note } from "./parts.js";
import { page } from "./topbar.js";
import "./condition.js";
import { t } from "./words.js";

const TARGETS = ["numbers", "prefix", "range", "list", "condition"];
const ACTIONS = ["divert", "reject", "withhold", "label", "pass"];
const BASES = ["prosecutor-order", "court-order", "law", "operator-contract", "owner-request"];
const ORIGINS = ["citizen-report", "operator", "partner", "analysis"];
const LADDERS = ["pass-with-label", "pass", "next-desk", "reject", "announcement"];
const COUNT_AFTER_MS = 400;
const DAY_MS = 86_400_000;

/** What an order says, by what the form calls it. */
const PARTS = {
  title: "edit.sentence",
  target: "edit.target",
  action: "edit.then",
  ladder: "edit.ladder",
  basis: "edit.ground",
  territory: "edit.territory",
  calleePrefixes: "edit.callees",
  until: "edit.until",
  confidence: "edit.confidence",
  origin: "edit.origin",
  observeFirst: "edit.observe",
};

const two = (value) => String(value).padStart(2, "0");

/** As a field of type datetime-local takes it. */
function local(instant) {
  const at = new Date(instant);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

class OrderEdit extends LitElement {
  static properties = {
    session: {},
    tongue: {},
    theme: {},
    order: {},
    saved: { state: true },
    kind: { state: true },
    action: { state: true },
    scan: { state: true },
    breadth: { state: true },
    refusal: { state: true },
    trial: { state: true },
    tested: { state: true },
    lists: { state: true },
    newer: { state: true },
  };

  #reading = 0;
  #counting = 0;
  #onKey = (event) => this.#key(event);

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    addEventListener("keydown", this.#onKey);
    this.kind = "numbers";
    this.action = "divert";
    this.scan = "";
    this.lists = [];
    await this.#do(async () => (this.lists = (await api.managedLists()).lists));
    if (this.order !== "new") {
      await this.#do(async () => this.#show(await api.order(this.order)));
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#onKey);
    clearTimeout(this.#counting);
  }

  #key(event) {
    if (event.altKey && event.code === "KeyT") {
      event.preventDefault();
      this.querySelector("#caller").focus();
    } else if (event.ctrlKey && event.key === "Enter") {
      event.preventDefault();
      this.#submit();
    }
  }

  /** Takes what the centre has of the order. */
  #show(order) {
    this.saved = order;
    this.kind = order.content.target.kind;
    this.action = order.content.action;
    this.scan = order.content.basis.scan;
    this.#count();
  }

  async #do(action) {
    try {
      await action();
      this.refusal = null;
      return true;
    } catch (refusal) {
      this.refusal = refusal;
      if (refusal.word === "outdated" && this.saved) this.newer = await api.order(this.saved.id).catch(() => null);
      await this.updateComplete;
      this.querySelector("[aria-invalid=true]")?.focus();
      return false;
    }
  }

  /** The form begins anew with what the centre has. */
  #takeTheirs() {
    this.#reading++;
    this.#show(this.newer);
    this.newer = this.refusal = null;
  }

  /** What stands in the form becomes the version after theirs, which is kept. */
  #keepMine() {
    this.saved = { ...this.saved, version: this.newer.version };
    this.newer = null;
    return this.#save();
  }

  #value(name) {
    return this.querySelector(`#${name}`)?.value ?? "";
  }

  #target() {
    if (this.kind === "prefix") return { kind: "prefix", prefix: this.#value("prefix") };
    if (this.kind === "range") return { kind: "range", from: this.#value("from"), to: this.#value("to") };
    if (this.kind === "list") return { kind: "list", list: this.#value("list") };
    if (this.kind === "condition") return { kind: "condition", json: this.querySelector("acc-condition").value };
    return { kind: "numbers", numbers: this.#value("numbers").split(/[\n;,]/).map((line) => line.trim()).filter(Boolean) };
  }

  #content() {
    const until = this.#value("until");
    return {
      title: this.#value("title"),
      target: this.#target(),
      action: this.action,
      ladder: this.querySelector("#ladder")?.value,
      basis: {
        type: this.#value("type"),
        document: this.#value("document"),
        date: this.#value("date"),
        office: this.#value("office"),
        scan: this.scan,
      },
      territory: this.#value("territory"),
      calleePrefixes: this.#value("callees").split(/[\s,;]+/).filter(Boolean),
      from: this.saved?.content.from,
      until: until ? new Date(until).toISOString() : undefined,
      confidence: Number(this.#value("confidence")),
      origin: this.#value("origin"),
      observeFirst: this.querySelector("#observe").checked,
    };
  }

  #save() {
    return this.#do(async () => {
      const content = this.#content();
      this.#show(
        this.saved
          ? await api.editOrder(this.saved.id, { ...content, version: this.saved.version })
          : await api.writeOrder(content),
      );
    });
  }

  async #submit() {
    if (!(await this.#save())) return;
    if (await this.#do(() => api.stepOrder(this.saved.id, "submit", { version: this.saved.version }))) location.hash = "orders";
  }

  async #upload(event) {
    const [file] = event.target.files;
    if (file) await this.#do(async () => (this.scan = (await api.uploadScan(file)).hash));
  }

  /** What the saved order would do to one call. */
  async #try(event) {
    event.preventDefault();
    if (!(await this.#save())) return;
    await this.#do(async () => (this.trial = await api.tryCall(this.#value("caller"), this.#value("callee"), this.saved.id)));
  }

  /** What the saved order would have done to yesterday's calls. */
  async #test() {
    if (!(await this.#save())) return;
    await this.#do(async () => (this.tested = await api.backtest(1, this.saved.id)));
  }

  /** Counts what it would hit, once nobody has typed for a moment. */
  #count() {
    clearTimeout(this.#counting);
    this.#counting = setTimeout(async () => {
      try {
        this.breadth = await api.breadth(this.#target());
      } catch {
        this.breadth = null; // not a target yet
      }
    }, COUNT_AFTER_MS);
  }

  #endIn(days) {
    this.querySelector("#until").value = local(Date.now() + days * DAY_MS);
  }

  // ---- rendering ----

  render() {
    document.title = `${t("edit.title")} — Anti Call-Centre`;
    return page(
      this,
      "orders",
      html`<div class="page-head">
          <a href="#orders" class="s13">${t("orders.title")}</a><span class="t3">/</span>
          <h1>${this.saved ? t("order.n", { n: this.saved.content.basis.document || this.saved.id }) : t("edit.title")}</h1>
          ${this.saved ? html`<span class="t2 s13">${icon("s-ok", "ok")} ${t("edit.saved", { n: this.saved.version })}</span>` : ""}
          <div class="row end">
            <button class="btn" id="save" @click=${() => this.#save()}>${t("edit.save")}</button>
            <button class="btn primary" id="submit" @click=${() => this.#submit()}>${t("edit.submit")} <kbd>Ctrl</kbd> <kbd>Enter</kbd></button>
          </div>
        </div>
        ${this.refusal ? note("crit", this.refusal.word === "fields" ? t("edit.incomplete") : html`${refusalText(this.refusal)} ${rehearsalProblems(this.refusal)}`, "alert") : ""}
        ${this.newer ? this.#newer(this.newer) : ""}
        <div class="grid main-side">
          <form class="panel" aria-label=${t("edit.order")} @submit=${(event) => event.preventDefault()}>
            ${keyed(this.#reading, html`<div class="pad4">${this.#what()} <div class="grid c2 mt4">${this.#then()} ${this.#who()}</div> ${this.#ground()}</div>`)}
          </form>
          <div class="grid">
            ${hits(this.breadth)} ${past(this.tested, "edit.past", () => this.#test())} ${oneCall(this.trial, (event) => this.#try(event))}
            ${signatures(this.session.person, this.breadth?.approversNeeded > 1)}
          </div>
        </div>`,
      { keys: [["Alt T", "edit.one"], ["Ctrl Enter", "edit.submit"]] },
    );
  }

  /** What was changed meanwhile, and whose text goes on. */
  #newer(newer) {
    const changed = Object.keys(PARTS).filter((part) => JSON.stringify(newer.content[part]) !== JSON.stringify(this.saved.content[part]));
    const what = changed.length ? changed.map((part) => t(PARTS[part])).join(", ") : t(`order.${newer.state.kind}`);
    return html`<section class="panel pad row" id="newer" aria-label=${t("edit.newer", { n: newer.version, what })}>
      <span class="text">${t("edit.newer", { n: newer.version, what })}</span>
      <button class="btn" id="theirs" @click=${() => this.#takeTheirs()}>${t("edit.theirs")}</button>
      <button class="btn" id="mine" @click=${() => this.#keepMine()}>${t("edit.mine")}</button>
    </section>`;
  }

  #field(name, label, value, { help = "", path = name, type = "text" } = {}) {
    const problem = fieldProblem(this.refusal, path);
    return html`<div class="field ${problem ? "bad" : ""}">
      <label for=${name}>${label}</label>${help ? html`<p class="help" id="${name}-help">${help}</p>` : ""}${problem}
      <input class="in" id=${name} type=${type} .value=${value ?? ""} autocomplete="off" spellcheck="false"
        aria-invalid=${problem ? "true" : "false"} aria-describedby=${help ? `${name}-help` : ""} @input=${() => this.#count()} />
    </div>`;
  }

  #what() {
    const content = this.saved?.content;
    const target = content?.target ?? {};
    return html`<section>
      <h2 class="s18 b below">${t("edit.which")}</h2>
      ${this.#field("title", t("edit.sentence"), content?.title, { help: t("edit.sentence.help") })}
      <div class="field mt2">
        <label for="kind">${t("edit.target")}</label>${fieldProblem(this.refusal, "target.kind")}
        <select class="in" id="kind" .value=${this.kind} @change=${(event) => { this.kind = event.target.value; this.#count(); }}>
          ${TARGETS.map((kind) => html`<option value=${kind} ?selected=${kind === this.kind}>${t(`target.${kind}`)}</option>`)}
        </select>
      </div>
      <div class="mt2">${
        {
          numbers: () => this.#area("numbers", t("target.numbers.help"), (target.numbers ?? []).join("\n"), "target.numbers"),
          prefix: () => this.#field("prefix", t("target.prefix"), target.prefix, { path: "target.prefix", help: t("edit.example", { text: "+4477009" }) }),
          range: () => html`<div class="grid c2">
            ${this.#field("from", t("target.from"), target.from, { path: "target.from" })} ${this.#field("to", t("target.to"), target.to, { path: "target.to" })}
          </div>`,
          list: () => this.#list(target.list),
          condition: () => html`${fieldProblem(this.refusal, "target.json")}<acc-condition .json=${target.json ?? ""} .tongue=${this.tongue} @changed=${() => this.#count()}></acc-condition>`,
        }[this.kind]()
      }</div>
      ${this.breadth?.approversNeeded > 1 ? html`<div class="mt2">${note("warn", t("edit.broad"), "status")}</div>` : ""}
    </section>`;
  }

  /** The lists there are; their numbers come and go without the order. */
  #list(chosen) {
    const problem = fieldProblem(this.refusal, "target.list");
    return html`<div class="field ${problem ? "bad" : ""}">
      <label for="list">${t("target.list")}</label><p class="help" id="list-help">${t("target.list.help")}</p>${problem}
      <select class="in" id="list" aria-invalid=${problem ? "true" : "false"} aria-describedby="list-help" @change=${() => this.#count()}>
        ${this.lists.map((each) => html`<option value=${each.name} ?selected=${each.name === chosen}>${each.name}: ${each.purpose} (${number(each.numbers)})</option>`)}
      </select>
    </div>`;
  }

  #area(name, label, value, path) {
    const problem = fieldProblem(this.refusal, path);
    return html`<div class="field ${problem ? "bad" : ""}">
      <label for=${name}>${label}</label>${problem}
      <textarea class="in mono" id=${name} rows="4" spellcheck="false" .value=${value} aria-invalid=${problem ? "true" : "false"} @input=${() => this.#count()}></textarea>
    </div>`;
  }

  #then() {
    return html`<section><fieldset><legend class="s18 b below">${t("edit.then")}</legend>
      ${ACTIONS.map(
        (action) => html`<label class="opt">
          <input type="radio" name="action" value=${action} .checked=${action === this.action} @change=${() => (this.action = action)} />
          <span><span class="v v-${action}">${icon(`v-${action}`)}${t(`action.${action}`)}</span><small>${t(`action.${action}.help`)}</small></span>
        </label>`,
      )}
    </fieldset>${this.action === "divert" ? this.#ladder() : ""}</section>`;
  }

  /** What becomes of a diverted call that nobody answers. */
  #ladder() {
    const chosen = this.saved?.content.ladder ?? "pass-with-label";
    return html`<div class="field mt2"><label for="ladder">${t("edit.ladder")}</label>
      <select class="in" id="ladder">${LADDERS.map((each) => html`<option value=${each} ?selected=${each === chosen}>${ladderWords(each)}</option>`)}</select></div>`;
  }

  #who() {
    const content = this.saved?.content;
    return html`<section>
      <h2 class="s18 b below">${t("edit.how")}</h2>
      <label class="opt"><input type="checkbox" id="observe" .checked=${content?.observeFirst ?? true} /><span>${t("edit.observe")}<small>${t("edit.observe.help")}</small></span></label>
      ${this.#field("territory", t("edit.territory"), content?.territory)}
      ${this.#field("callees", t("edit.callees"), content?.calleePrefixes.join(", "), { path: "calleePrefixes", help: t("edit.example", { text: "+7717" }) })}
      <div class="field">
        <label for="origin">${t("edit.origin")}</label>
        <select class="in" id="origin">
          ${ORIGINS.map((origin) => html`<option value=${origin} ?selected=${origin === content?.origin}>${t(`origin.${origin}`)}</option>`)}
        </select>
      </div>
      ${this.#field("confidence", t("edit.confidence"), content?.confidence ?? 80, { type: "number" })}
    </section>`;
  }

  #ground() {
    const content = this.saved?.content;
    const days = this.breadth?.defaultDays;
    const scanProblem = fieldProblem(this.refusal, "basis.scan");
    return html`<section class="mt4">
      <h2 class="s18 b">${t("edit.ground")}</h2>
      <div class="grid c2 mt2">
        <div class="field">
          <label for="type">${t("edit.basis")}</label>
          <select class="in" id="type">${BASES.map((type) => html`<option value=${type} ?selected=${type === content?.basis.type}>${t(`basis.${type}`)}</option>`)}</select>
        </div>
        ${this.#field("office", t("edit.office"), content?.basis.office, { path: "basis.office" })}
        ${this.#field("document", t("edit.document"), content?.basis.document, { path: "basis.document" })}
        ${this.#field("date", t("edit.date"), content?.basis.date ?? local(Date.now()).slice(0, 10), { path: "basis.date", type: "date" })}
        <div class="field ${scanProblem ? "bad" : ""}">
          <label for="scan">${t("edit.scan")}</label>${scanProblem}
          <input class="in" type="file" id="scan" accept="application/pdf" aria-invalid=${scanProblem ? "true" : "false"} @change=${this.#upload} />
          ${this.scan ? html`<p class="help" id="hash">${icon("s-ok", "ok")} ${t("edit.scan.there")} <span class="mono">${this.scan.slice(0, 12)}…</span></p>` : ""}
        </div>
        <div>
          ${this.#field("until", t("edit.until"), content ? local(content.until) : "", { type: "datetime-local", help: t("edit.until.help") })}
          ${days ? html`<button type="button" class="btn mt1" @click=${() => this.#endIn(days)}>${t("order.days", { n: days })}</button>` : ""}
        </div>
      </div>
    </section>`;
  }
}

customElements.define("acc-order-edit", OrderEdit);
