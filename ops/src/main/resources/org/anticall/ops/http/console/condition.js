// A condition in sentences: each row says one thing about the call; together they become what a rule file has below 'when'.
import { LitElement, html } from "lit";
import { icon } from "./parts.js";
import { t } from "./words.js";

const WITHIN = ["1m", "10m", "1h", "24h"];
const CLASSES = ["home-fixed", "home-mobile", "home-service", "home-unallocated", "foreign", "unassigned-country"];
const ROAMING = ["home", "unallocated", "roaming", "unknown"];
const words = (text) => text.split(/[\s,;]+/).filter(Boolean);

/** What a row can say: how it begins, how it is written, and how it is recognised. */
const KINDS = {
  calls: {
    fresh: () => ({ n: 20, within: "1h" }),
    write: (row) => ({ behaviour: { attempts: { within: row.within, "at-least": Number(row.n) } } }),
    read: ({ behaviour }) => behaviour?.attempts && { n: behaviour.attempts["at-least"], within: behaviour.attempts.within },
  },
  people: {
    fresh: () => ({ n: 10, within: "10m" }),
    write: (row) => ({ behaviour: { "distinct-callees": { within: row.within, "at-least": Number(row.n) } } }),
    read: ({ behaviour }) => behaviour?.["distinct-callees"] && { n: behaviour["distinct-callees"]["at-least"], within: behaviour["distinct-callees"].within },
  },
  begins: {
    fresh: () => ({ text: "" }),
    write: (row) => ({ caller: { number: words(row.text).map((each) => (each.endsWith("*") ? each : `${each}*`)) } }),
    read: ({ caller }) => caller?.number && { text: caller.number.map((each) => each.replace(/\*$/, "")).join(", ") },
  },
  country: {
    fresh: () => ({ text: "" }),
    write: (row) => ({ caller: { country: words(row.text).map((each) => Number(each.replace(/^\+/, ""))) } }),
    read: ({ caller }) => caller?.country && { text: caller.country.join(", ") },
  },
  class: {
    fresh: () => ({ text: "home-fixed" }),
    write: (row) => ({ caller: { class: row.text } }),
    read: ({ caller }) => CLASSES.includes(caller?.class) && { text: caller.class },
  },
  list: {
    fresh: () => ({ text: "black" }),
    write: (row) => ({ caller: { list: row.text } }),
    read: ({ caller }) => typeof caller?.list === "string" && { text: caller.list },
  },
  roaming: {
    fresh: () => ({ text: "home" }),
    write: (row) => ({ "caller-roaming": row.text }),
    read: (part) => ROAMING.includes(part["caller-roaming"]) && { text: part["caller-roaming"] },
  },
  hidden: { fresh: () => ({}), write: () => ({ privacy: "yes" }), read: ({ privacy }) => privacy === "yes" && {} },
  hours: {
    fresh: () => ({ from: "22:00", to: "06:00" }),
    write: (row) => ({ time: `${row.from}..${row.to}` }),
    read: ({ time }) => /^\d\d:\d\d\.\.\d\d:\d\d$/.test(time ?? "") && { from: time.slice(0, 5), to: time.slice(7) },
  },
};

/** The rows of a condition that this page could have written, null for any other. */
export function rowsOf(json) {
  try {
    const { trunk, all, any, ...rest } = JSON.parse(json);
    const parts = all ?? any;
    if (trunk !== "international" || !Array.isArray(parts) || (all && any) || Object.keys(rest).length > 0) return null;
    const rows = parts.map((part) => {
      if (Object.keys(part).length !== 1 || Object.keys(Object.values(part)[0]).length > 1 && typeof Object.values(part)[0] === "object") return null;
      const kind = Object.keys(KINDS).find((name) => KINDS[name].read(part));
      return kind ? { kind, ...KINDS[kind].read(part) } : null;
    });
    return rows.includes(null) ? null : { joint: any ? "any" : "all", rows };
  } catch {
    return null;
  }
}

class Condition extends LitElement {
  static properties = { json: {}, tongue: {}, rows: { state: true }, joint: { state: true }, byHand: { state: true } };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (!changed.has("json") || this.rows) return;
    const read = this.json ? rowsOf(this.json) : { joint: "all", rows: [{ kind: "people", ...KINDS.people.fresh() }] };
    this.byHand = !read;
    this.rows = read?.rows ?? [];
    this.joint = read?.joint ?? "all";
    this.text = this.json;
  }

  /** The condition as a rule file has it. */
  get value() {
    if (this.byHand) return this.querySelector("#json")?.value ?? this.text ?? "";
    return JSON.stringify({ trunk: "international", [this.joint]: this.rows.map((row) => KINDS[row.kind].write(row)) });
  }

  #change(index, values) {
    this.rows = this.rows.map((row, i) => (i === index ? { ...row, ...values } : row));
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new CustomEvent("changed", { bubbles: true }));
  }

  render() {
    return html`<fieldset id="condition">
      <legend class="lab">${t("cond.title")}</legend>
      ${
        this.byHand
          ? html`<p class="help">${t("cond.byHand")}</p><textarea class="in mono" id="json" rows="5" spellcheck="false" aria-label=${t("target.condition.help")} .value=${this.text ?? ""} @input=${() => this.#tell()}></textarea>
              <button type="button" class="btn quiet" @click=${() => { this.byHand = false; this.rows = []; this.#tell(); }}>${t("cond.anew")}</button>`
          : this.#sentences()
      }
    </fieldset>`;
  }

  #sentences() {
    return html`
      <div class="row tight">
        <label class="s13 t2" for="joint">${t("cond.holds")}</label>
        <select class="in w-m" id="joint" @change=${(event) => { this.joint = event.target.value; this.#tell(); }}>
          ${["all", "any"].map((each) => html`<option value=${each} ?selected=${each === this.joint}>${t(`cond.${each}`)}</option>`)}
        </select>
      </div>
      <ol class="stack mt1">
        ${this.rows.map(
          (row, i) => html`<li class="row tight" data-row=${i}>
            <select class="in w-auto" aria-label=${t("cond.what")} @change=${(event) => { const kind = event.target.value; this.rows = this.rows.map((each, k) => (k === i ? { kind, ...KINDS[kind].fresh() } : each)); this.#tell(); }}>
              ${Object.keys(KINDS).map((kind) => html`<option value=${kind} ?selected=${kind === row.kind}>${t(`cond.${kind}`)}</option>`)}
            </select>
            ${this.#values(row, i)}
            <button type="button" class="btn quiet" aria-label=${t("cond.remove")} @click=${() => { this.rows = this.rows.filter((_, k) => k !== i); this.#tell(); }}>${icon("x")}</button>
          </li>`,
        )}
      </ol>
      <div class="row mt1"><button type="button" class="btn" id="cond-add" @click=${() => { this.rows = [...this.rows, { kind: "begins", text: "" }]; this.#tell(); }}>${icon("plus")}${t("cond.add")}</button></div>
      <details class="mt1"><summary class="s13 t2">${t("target.condition.help")}</summary><pre class="mono s12" id="json-shown">${this.value}</pre></details>
    `;
  }

  #values(row, i) {
    const choose = (name, values, key, width = "w-m") => html`<select class="in ${width}" aria-label=${t(`cond.${row.kind}`)} @change=${(event) => this.#change(i, { [name]: event.target.value })}>
      ${values.map((each) => html`<option value=${each} ?selected=${each === row[name]}>${t(`${key}.${each}`)}</option>`)}
    </select>`;
    const type = (name, kind, width) => html`<input class="in ${width}" type=${kind} min="1" max="64" aria-label=${t(`cond.${row.kind}`)} .value=${String(row[name])} @input=${(event) => this.#change(i, { [name]: event.target.value })} />`;
    if (row.kind === "calls" || row.kind === "people") return html`${type("n", "number", "w-xs")} <span class="s13 t2">${t("cond.within")}</span> ${choose("within", WITHIN, "within")}`;
    if (row.kind === "class") return choose("text", CLASSES, "class", "w-l");
    if (row.kind === "roaming") return choose("text", ROAMING, "roaming", "w-l");
    if (row.kind === "hours") return html`${type("from", "time", "w-s")} – ${type("to", "time", "w-s")}`;
    return row.kind === "hidden" ? "" : type("text", "text", "w-m");
  }
}

customElements.define("acc-condition", Condition);
