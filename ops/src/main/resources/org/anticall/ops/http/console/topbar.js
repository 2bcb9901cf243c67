// The top bar of every view: where one is, where else one may go, who one is.
import { html } from "lit";
import * as api from "./api.js";
import { clock } from "./format.js";
import { icon } from "./parts.js";
import { settings } from "./settings.js";
import { t } from "./words.js";

/** Views in the order of the bar, each with the permission that opens it. */
export const VIEWS = [
  ["shift", "supervise-calls"],
  ["seat", "answer-calls"],
  ["calls", "see-calls"],
  ["orders", "see-orders"],
  ["publish", "see-orders"],
  ["redress", "see-redress"],
  ["audit", "see-audit"],
  ["people", "manage-people"],
];

/** The views that this session may open. */
export const viewsOf = (session) => VIEWS.filter(([, needed]) => session.permissions.includes(needed)).map(([name]) => name);

const tell = (element, name, detail) => element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));

async function signOut(element) {
  try {
    await api.signOut();
  } finally {
    tell(element, "signed-out", { expired: false });
  }
}

/**
 * @param {HTMLElement} element the view, with its session
 * @param {string} here name of the view
 * @param {unknown} health what stands before the clock
 */
export function topBar(element, here, health = "") {
  const { session } = element;
  return html`<header class="topbar">
    <a class="brand" href="#${here}">${icon("mark")}Anti Call-Centre</a>
    <nav class="nav" aria-label=${t("sections")}>
      ${viewsOf(session).map((name) => html`<a href="#${name}" aria-current=${name === here ? "page" : "false"}>${t(`${name}.nav`)}</a>`)}
    </nav>
    <div class="health end">${health}</div>
    <span class="sep"></span>
    <span class="clock">${clock(element.now ?? Date.now())}</span>
    <span class="sep"></span>
    ${settings(element, true)}
    <span class="sep"></span>
    <span><span class="m">${session.person}</span> ${session.person === session.role ? "" : html`<span class="t3 lo">${t(`role.${session.role}`)}</span>`}</span>
    <button class="btn quiet" @click=${() => signOut(element)}>${t("signout")}</button>
  </header>`;
}
