// Whether what calls depend on is there: media relays, recording and gateways. A healthy part is one tick and a word.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { icon } from "./parts.js";
import { Repeating } from "./repeating.js";
import { t } from "./words.js";

const LOOK_EVERY_MS = 10_000;

/** The last word of the centre; every view begins with it, so that nothing comes and goes when one is changed. */
let last = null;

/** Whether a call could be heard in a browser, as far as the centre has said. */
export const hasRelay = () => !last || last.relays.up > 0;

/** Whether answered calls are recorded, as the centre said last. */
export const isRecording = () => last?.recording === "well";

class Health extends LitElement {
  static properties = { tongue: {}, state: { state: true } };

  constructor() {
    super();
    this.state = last;
    new Repeating(this, LOOK_EVERY_MS, () => this.#look(), { atOnce: true });
  }

  createRenderRoot() {
    return this;
  }

  async #look() {
    last = await api.health().catch(() => last);
    this.state = last;
  }

  render() {
    if (!this.state) return "";
    const { relays, recording, gateways } = this.state;
    return html`${relays.all ? part("relays", relays.up === relays.all ? "" : relays.up ? "some" : "none", { n: relays.all - relays.up, all: relays.all }) : ""}
    ${recording === "none" ? "" : part("recording", recording === "failing" ? recording : "")}
    ${gateways.all ? part("gateways", gateways.silent ? "silent" : gateways.behind ? "behind" : "", { n: gateways.silent || gateways.behind, all: gateways.all }) : ""}`;
  }
}

/**
 * A tick and, where there is room, a word; where something is wrong how many are well, and the sentence for those who point at
 * it or hear the page.
 *
 * @param {string} trouble what is wrong with it; "" if nothing is
 * @param {{n: number, all: number}?} values how many of how many are not well
 */
function part(name, trouble, values) {
  const word = t(`health.${name}`);
  if (!trouble) return html`<span id=${`health-${name}`} title=${word}>${icon("s-ok", "ok")}<span class="lo">${word}</span></span>`;
  const sentence = t(`health.${name}.${trouble}`, values);
  return html`<span id=${`health-${name}`} title=${sentence}>${icon("s-warn", "warn")}<b class="warn" aria-hidden="true">${word} ${values ? `${values.all - values.n}/${values.all}` : ""}</b><span class="sr">${sentence}</span></span>`;
}

customElements.define("acc-health", Health);
