// Why one looks: the matter that somebody works on. It is asked for once, kept in this window until the session ends, shown
// in the top bar, where it can be changed, and sent with every request; the centre writes it down with each look that does
// not follow from a call, an appeal or an order by itself.
import { LitElement, html } from "lit";
import { icon } from "./parts.js";
import { t } from "./words.js";

const KEPT_AS = "matter";
const SHORTEST = 3;
const LONGEST = 200;

let asked = null;

/** What somebody works on, empty if nothing was said yet. */
export const matter = () => sessionStorage.getItem(KEPT_AS) ?? "";

export function setMatter(text) {
  if (text) sessionStorage.setItem(KEPT_AS, text);
  else sessionStorage.removeItem(KEPT_AS);
  dispatchEvent(new Event("matter"));
}

/** Asks for the matter. Whether one was told; who asks meanwhile gets the same answer. */
export function askMatter() {
  const bar = document.querySelector("acc-matter");
  if (!asked && bar) asked = bar.ask().finally(() => (asked = null));
  return asked ?? Promise.resolve(false);
}

class Matter extends LitElement {
  static properties = { tongue: {}, asking: { state: true }, trouble: { state: true } };

  #answer = () => {};
  #told = false;
  #onMatter = () => this.requestUpdate();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("matter", this.#onMatter);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("matter", this.#onMatter);
    this.#answer(false);
  }

  async ask() {
    this.#told = false;
    this.trouble = false;
    this.asking = true;
    await this.updateComplete;
    this.querySelector("dialog").showModal();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  #closed() {
    this.asking = false;
    this.#answer(this.#told);
  }

  #tell(event) {
    event.preventDefault();
    const text = this.querySelector("#matter-why").value.trim();
    this.trouble = text.length < SHORTEST;
    if (this.trouble) return;
    this.#told = true;
    setMatter(text);
    this.querySelector("dialog").close();
  }

  #end() {
    setMatter("");
    this.querySelector("dialog").close();
  }

  render() {
    const text = matter();
    return html`${
        text
          ? html`<button class="btn quiet" id="matter" aria-label=${t("matter.change", { text })} @click=${() => askMatter()}>
              ${icon("doc")}<span class="matter">${text}</span>
            </button>`
          : ""
      }
      ${this.asking ? this.#dialog(text) : ""}`;
  }

  #dialog(text) {
    return html`<dialog class="dialog small" aria-labelledby="matter-h" @close=${() => this.#closed()}>
      <form class="pad4 stack" novalidate @submit=${(event) => this.#tell(event)}>
        <h2 class="s18 b" id="matter-h">${t("matter.title")}</h2>
        <p class="t2 s13 text">${t("matter.help")}</p>
        <div class="field ${this.trouble ? "bad" : ""}">
          <label for="matter-why">${t("matter.why")}</label>
          ${this.trouble ? html`<p class="err" id="matter-short">${icon("s-crit")}${t("refused.why")}</p>` : ""}
          <input class="in" id="matter-why" maxlength=${LONGEST} autocomplete="off" autofocus .value=${text} aria-invalid=${this.trouble ? "true" : "false"} />
        </div>
        <div class="row">
          <button type="button" class="btn" id="matter-leave" @click=${() => this.querySelector("dialog").close()}>${t("order.leave")} <kbd>Esc</kbd></button>
          ${text ? html`<button type="button" class="btn" id="matter-end" @click=${() => this.#end()}>${t("matter.end")}</button>` : ""}
          <button class="btn primary" id="matter-go">${t("matter.go")} <kbd>Enter</kbd></button>
        </div>
      </form>
    </dialog>`;
  }
}

customElements.define("acc-matter", Matter);
