// Keys: which press is a command, the bar at the foot of a page, and steps through its rows.
import { html } from "lit";
import { t } from "./words.js";

/** The field that has the focus, null if none has: letters belong to it then. */
export const fieldOf = (event) => event.target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select") ?? null;

/** Letters may be turned off: who speaks to the machine, or whose hand slips, must not act by accident (WCAG 2.1.4). */
export const lettersAct = () => localStorage.getItem("letters") !== "off";

export const letLettersAct = (on) => localStorage.setItem("letters", on ? "on" : "off");

/** Whether a press without Ctrl, Alt or Meta is a command to the page and not to a field or a dialog. */
export const isCommand = (event) =>
  !event.ctrlKey && !event.altKey && !event.metaKey && !fieldOf(event) && !event.target.closest?.("dialog[open]");

/** The same of a letter or digit. */
export const isLetter = (event) => isCommand(event) && lettersAct();

const kbds = (keys) => keys.split(" ").map((each) => html`<kbd>${each}</kbd> `);

/** One key with what it does: ["Ctrl Enter", "seat.file"]. */
export const keyWord = ([keys, word]) => html`<span>${kbds(keys)}${t(word)}</span>`;

/** Keys of a page as a description list. */
export const keyList = (keys) => html`<dl class="keylist">${keys.map(([each, word]) => html`<div><dt>${kbds(each)}</dt><dd>${t(word)}</dd></div>`)}</dl>`;

/** The bar at the foot of a page. Its button opens the help with all keys. */
export function keyBar(element, keys) {
  const ask = () => element.dispatchEvent(new CustomEvent("all-keys", { bubbles: true }));
  return html`<footer class="keys" aria-label=${t("keys")}>
    <div class="row wide nowrap grow">${keys.map(keyWord)}</div>
    <button class="btn quiet" id="all-keys" @click=${ask}><kbd>?</kbd> ${t("keys.all")}</button>
  </footer>`;
}

/** Moves the focus to the next or the former row with an id; the row, null if there is none. */
export function stepRow(event, root, from = document.activeElement?.closest?.("tr[data-id]")) {
  const rows = [...root.querySelectorAll("tr[data-id]")];
  if (rows.length === 0) return null;
  event.preventDefault();
  const at = rows.indexOf(from);
  const to = at < 0 ? 0 : at + (event.key === "ArrowDown" ? 1 : -1);
  const row = rows[Math.min(Math.max(to, 0), rows.length - 1)];
  row.focus();
  return row;
}
