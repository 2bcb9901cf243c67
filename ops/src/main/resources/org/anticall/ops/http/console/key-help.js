// All keys of the console in one dialog, and the keys that every page shares: ? help, / search, G and a letter to go
// somewhere, Esc out of a field.
import { LitElement, html } from "lit";
import { fieldOf, isCommand, isLetter, keyList, letLettersAct, lettersAct } from "./keys.js";
import { icon } from "./parts.js";
import { VIEWS, viewsOf } from "./topbar.js";
import { t } from "./words.js";

const GO_WITHIN_MS = 1_500;

const EVERYWHERE = [
  ["/", "keys.search"],
  ["?", "keys.all"],
  ["Esc", "keys.leave"],
];

/** What each view listens to beyond that. */
const OF_VIEW = {
  seat: [
    ["R", "seat.ready"], ["P", "seat.pause"], ["Y", "seat.test"], ["F2", "seat.answer"], ["F4", "seat.connect"], ["N", "seat.next"],
    ["F8", "seat.mute"], ["H", "seat.hold"], ["F9", "seat.end"], ["V", "number.show"], ["T", "seat.notes"],
    ["1–8", "seat.outcome"], ["B", "block.propose"], ["M", "seat.longer"], ["Ctrl Enter", "seat.file"], ["O", "handover"],
  ],
  shift: [
    ["↑ ↓", "keys.rows"], ["L", "shift.listen"], ["W", "shift.whisper"], ["J", "shift.join"], ["K", "shift.takeover"],
    ["U", "shift.pause"], ["O", "handover"],
  ],
  calls: [["↑ ↓", "keys.rows"], ["Enter", "keys.open"], ["V", "keys.number"], ["F4", "release"]],
  recordings: [["↑ ↓", "keys.orders"], ["Enter", "keys.openOrder"]],
  orders: [["↑ ↓", "keys.orders"], ["Enter", "keys.openOrder"], ["C", "orders.new"], ["Alt T", "edit.one"], ["Ctrl Enter", "edit.submit"]],
  redress: [["↑ ↓", "keys.orders"], ["Enter", "keys.openOrder"]],
};

class KeyHelp extends LitElement {
  static properties = { session: {}, view: {}, tongue: {} };

  #goingUntil = 0;
  #onKey = (event) => this.#key(event);

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("keydown", this.#onKey, true); // before the page: after G a letter is not its own
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#onKey, true);
  }

  open() {
    this.requestUpdate(); // the switch may have been turned in another tab
    this.querySelector("dialog").showModal();
  }

  #key(event) {
    const field = fieldOf(event);
    if (event.key === "Escape" && field) field.blur();
    else if (!isCommand(event)) return;
    else if (event.key === "?" || (event.shiftKey && event.code === "Slash")) this.#take(event, () => this.open());
    else if (event.key === "/" || event.code === "Slash") this.#take(event, () => document.querySelector("main input[type=search]")?.focus());
    else if (isLetter(event)) this.#letter(event);
  }

  #letter(event) {
    const going = performance.now() < this.#goingUntil;
    this.#goingUntil = !going && event.code === "KeyG" ? performance.now() + GO_WITHIN_MS : 0;
    if (!going) return;
    const view = VIEWS.find(([, , code]) => event.code === `Key${code}`)?.[0];
    if (view && viewsOf(this.session).includes(view)) this.#take(event, () => (location.hash = view));
  }

  #take(event, what) {
    event.preventDefault();
    event.stopPropagation();
    what();
  }

  render() {
    const going = VIEWS.filter(([view]) => viewsOf(this.session).includes(view)).map(([view, , code]) => [`G ${code}`, `${view}.nav`]);
    const own = OF_VIEW[this.view] ?? [];
    return html`<dialog class="dialog" aria-labelledby="all-keys-h">
      <header class="row">
        <h2 class="s18 b" id="all-keys-h">${t("keys")}</h2>
        <form method="dialog" class="end"><button class="btn quiet" aria-label=${t("keys.close")}>${icon("x")}<kbd>Esc</kbd></button></form>
      </header>
      <div class="grid c2 pad4">
        <section class="stack">
          ${own.length ? html`<h3 class="h2">${t(`${this.view}.nav`)}</h3>${keyList(own)}` : ""}
        </section>
        <section class="stack">
          <h3 class="h2">${t("keys.everywhere")}</h3>
          ${keyList([...EVERYWHERE, ...going])}
        </section>
      </div>
      <label class="opt pad4">
        <input type="checkbox" id="letters" .checked=${lettersAct()} @change=${(event) => letLettersAct(event.target.checked)} />
        <span>${t("keys.letters")}<small>${t("keys.letters.help")}</small></span>
      </label>
    </dialog>`;
  }
}

customElements.define("acc-key-help", KeyHelp);
