// The frame of every view: where one is, where else one may go, who one is; at the foot the keys.
import { html } from "lit";
import * as api from "./api.js";
import { clock, span } from "./format.js";
import { keyBar } from "./keys.js";
import "./matter.js";
import { icon } from "./parts.js";
import { settings } from "./settings.js";
import { t } from "./words.js";
import "./health.js";

/** Views in the order of the bar, each with the permission that opens it and its letter after G. */
export const VIEWS = [
  ["shift", "supervise-calls", "S"],
  ["seat", "answer-calls", "M"],
  ["calls", "see-calls", "C"],
  ["recordings", "hear-recordings", "L"],
  ["orders", "see-orders", "O"],
  ["publish", "see-orders", "P"],
  ["redress", "see-redress", "R"],
  ["audit", "see-audit", "A"],
  ["people", "manage-people", "U"],
];

/** The views that this session may open. */
export const viewsOf = (session) => VIEWS.filter(([, needed]) => session.permissions.includes(needed)).map(([name]) => name);

const tell = (element, name, detail) => element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));

/** The session is over, or somebody ended it. */
export const signedOut = (element, expired = true) => tell(element, "signed-out", { expired });

async function signOut(element) {
  try {
    await api.signOut();
  } finally {
    signedOut(element, false);
  }
}

/** Whether the live channel is there; else since when not. */
export const linkState = (live, now) => html`<span id="link">
  ${
    live.linked
      ? html`${icon("s-ok", "ok")}${t("link.ok")}`
      : html`${icon("s-warn", "warn")}<b class="warn">${t("link.lost", { span: span(now - live.lostAt) })}</b>`
  }
</span>`;

/**
 * @param {HTMLElement} element the view, with its session
 * @param {string} here name of the view
 * @param {unknown} health what stands before the clock
 */
function topBar(element, here, health) {
  const { session } = element;
  return html`<header class="topbar">
    <a class="brand" href="#${here}" aria-label="Anti Call-Centre">${icon("mark")}<span class="lo">Anti Call-Centre</span></a>
    <nav class="nav" aria-label=${t("sections")}>
      ${viewsOf(session).map((name) => html`<a href="#${name}" aria-current=${name === here ? "page" : "false"}>${t(`${name}.nav`)}</a>`)}
    </nav>
    <div class="health end">${session.permissions.includes("see-calls") ? html`<acc-health .tongue=${element.tongue}></acc-health>` : ""}${health}</div>
    <acc-matter .tongue=${element.tongue}></acc-matter>
    <span class="clock">${clock(element.now ?? Date.now())}</span>
    <span class="sep"></span>
    ${settings(element, true)}
    <span class="sep"></span>
    <span class="person"><span class="m">${session.person}</span> ${session.person === session.role ? "" : html`<span class="t3 lo">${t(`role.${session.role}`)}</span>`}</span>
    <button class="btn quiet" @click=${() => signOut(element)}>${t("signout")}</button>
  </header>`;
}

/**
 * A whole view between its bars.
 *
 * @param {HTMLElement} element the view, with its session
 * @param {string} here name of the view
 * @param {unknown} main what the view is about
 * @param {{keys?: string[][], health?: unknown, under?: unknown, call?: string}} more its keys; what stands before the
 *     clock; what stands under the bar; state of the seat's call, if the view fills the window with it
 */
export const page = (element, here, main, { keys = [], health = "", under = "", call } = {}) => html`
  <a class="skip" href="#main" @click=${(event) => (event.preventDefault(), element.querySelector("main").focus())}>${t("skip")}</a>
  ${topBar(element, here, health)} ${under}
  <main class=${call ? "main fill" : "main"} id="main" tabindex="-1" data-call=${call ?? "none"}>${main}</main>
  ${keyBar(element, keys)}
`;
