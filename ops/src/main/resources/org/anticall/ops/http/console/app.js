// The console: who is signed in, which view is shown, language and theme.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { speak, language } from "./words.js";
import { viewsOf } from "./topbar.js";
import { setMatter } from "./matter.js";
import "./key-help.js";
import "./sign-in.js";
import "./enrol.js";
import { Seat } from "./seat.js";
import "./shift.js";
import "./station.js";
import "./calls.js";
import "./recordings.js";
import "./orders.js";
import "./order-edit.js";
import "./publish.js";
import "./redress.js";
import "./people.js";
import "./audit.js";

class Console extends LitElement {
  static properties = { session: { state: true }, ready: { state: true }, tongue: { state: true }, failed: { state: true }, view: { state: true } };

  #seat = null;

  createRenderRoot() {
    return this; // the page's own style sheets apply
  }

  connectedCallback() {
    super.connectedCallback();
    this.addEventListener("signed-in", (event) => (this.session = event.detail));
    this.addEventListener("signed-out", () => {
      this.#seat?.seat.stop();
      this.#seat = null;
      setMatter(""); // who signs in next has a matter of their own
    });
    this.addEventListener("signed-out", (event) => (this.session = { signedIn: false, expired: event.detail?.expired, renewed: event.detail?.renewed }));
    this.addEventListener("speak", (event) => this.#speak(event.detail));
    this.addEventListener("theme", () => this.#toggleTheme());
    this.addEventListener("all-keys", () => this.querySelector("acc-key-help").open());
    addEventListener("session-over", () => this.session?.signedIn && this.dispatchEvent(new CustomEvent("signed-out", { detail: { expired: true } })));
    addEventListener("hashchange", () => (this.view = location.hash.slice(1)));
    this.view = location.hash.slice(1);
    this.#begin();
  }

  async #begin() {
    try {
      await speak(language());
      this.session = await api.session();
      this.ready = true;
    } catch {
      setTimeout(() => this.#begin(), 2_000);
    }
  }

  /** The seat of who is signed in; it lives as long as the session, whichever view is shown. */
  #seatOf(session) {
    if (!session.permissions.includes("answer-calls")) return null;
    if (this.#seat?.account !== session.account) {
      const seat = new Seat(session.account);
      seat.addEventListener("ring", () => (location.hash = "seat"));
      seat.live.addEventListener("signed-out", () => this.dispatchEvent(new CustomEvent("signed-out", { detail: { expired: true } })));
      seat.start();
      this.#seat = { account: session.account, seat };
    }
    return this.#seat.seat;
  }

  async #speak(code) {
    await speak(code);
    this.tongue = code; // renders anew
  }

  #toggleTheme() {
    const root = document.documentElement;
    root.dataset.theme = root.dataset.theme === "light" ? "dark" : "light";
    localStorage.setItem("theme", root.dataset.theme);
    this.requestUpdate();
  }

  render() {
    if (!this.ready) return html``;
    const theme = document.documentElement.dataset.theme;
    const { session } = this;
    if (!session.signedIn) {
      return html`<acc-sign-in .expired=${session.expired} .renewed=${session.renewed} .tongue=${language()} .theme=${theme}></acc-sign-in>`;
    }
    if (session.mustEnrol) return html`<acc-enrol .session=${session} .tongue=${language()} .theme=${theme}></acc-enrol>`;
    const seat = this.#seatOf(session);
    const allowed = viewsOf(session);
    const [name, id] = (this.view ?? "").split("/");
    const view = allowed.includes(name) ? name : allowed[0];
    return html`${this.#page(view, id, session, seat, theme)}
      <acc-key-help .session=${session} .view=${view} .tongue=${language()}></acc-key-help>`;
  }

  #page(view, id, session, seat, theme) {
    if (view === "orders" && id && session.permissions.includes("write-orders")) {
      return html`<acc-order-edit .session=${session} .order=${id} .tongue=${language()} .theme=${theme}></acc-order-edit>`;
    }
    return {
      orders: () => html`<acc-orders .session=${session} .tongue=${language()} .theme=${theme}></acc-orders>`,
      publish: () => html`<acc-publish .session=${session} .tongue=${language()} .theme=${theme}></acc-publish>`,
      redress: () => html`<acc-redress .session=${session} .tongue=${language()} .theme=${theme}></acc-redress>`,
      seat: () => html`<acc-station .session=${session} .seat=${seat} .tongue=${language()} .theme=${theme}></acc-station>`,
      shift: () => html`<acc-shift .session=${session} .own=${seat} .tongue=${language()} .theme=${theme}></acc-shift>`,
      calls: () => html`<acc-calls .session=${session} .tongue=${language()} .theme=${theme}></acc-calls>`,
      recordings: () => html`<acc-recordings .session=${session} .tongue=${language()} .theme=${theme}></acc-recordings>`,
      audit: () => html`<acc-audit .session=${session} .tongue=${language()} .theme=${theme}></acc-audit>`,
      people: () => html`<acc-people .session=${session} .tongue=${language()} .theme=${theme}></acc-people>`,
    }[view]();
  }
}

customElements.define("acc-console", Console);
