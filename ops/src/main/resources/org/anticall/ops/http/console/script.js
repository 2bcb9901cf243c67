// What to say to a caller, a card for each guise of fraud, in the language of the call.
import { LitElement, html } from "lit";
import { SPOKEN, t, wordsOf } from "./words.js";

const CARDS = ["bank", "police", "relative"];
const STEPS = [1, 2, 3, 4];

class Script extends LitElement {
  static properties = { tongue: {}, card: { state: true }, step: { state: true }, spoken: { state: true } };

  constructor() {
    super();
    this.card = CARDS[0];
    this.step = 1;
    this.spoken = null;
  }

  createRenderRoot() {
    return this;
  }

  /** The words of the card in the language that is spoken on the phone, which need not be the page's. */
  async #speak(code) {
    this.spoken = { code, words: await wordsOf(code) };
  }

  #word(key) {
    return this.spoken?.words[key] ?? t(key);
  }

  render() {
    const code = this.spoken?.code ?? this.tongue;
    return html`<section class="panel script" aria-labelledby="script-h">
      <header>
        <h2 id="script-h">${t("script")}</h2>
        <span class="group end" role="group" aria-label=${t("script.language")}>
          ${SPOKEN.map(
            ([each]) => html`<button class="btn" aria-pressed=${each === code ? "true" : "false"} @click=${() => this.#speak(each)}>${t(`language.short.${each}`)}</button>`,
          )}
        </span>
      </header>
      <div class="pad" lang=${code}>
        <span class="group below" role="group" aria-label=${t("script")}>
          ${CARDS.map(
            (each) => html`<button class="btn" aria-pressed=${each === this.card ? "true" : "false"} @click=${() => ((this.card = each), (this.step = 1))}>${this.#word(`fraud.${each}`)}</button>`,
          )}
        </span>
        <p class="say">${this.#word(`script.${this.card}.say`)}</p>
        <ol class="s13 mt2">
          ${STEPS.map(
            (n) => html`<li class=${n === this.step ? "now" : n < this.step ? "done" : ""} aria-current=${n === this.step ? "step" : "false"}>
              <button @click=${() => (this.step = n)}>${this.#word(`script.${this.card}.${n}`)}</button>
            </li>`,
          )}
        </ol>
        <p class="t2 s13 mt1">${this.#word("script.honest")} <kbd>F4</kbd></p>
      </div>
    </section>`;
  }
}

customElements.define("acc-script", Script);
