// Parts that more than one view is made of.
import { html } from "lit";
import { t } from "./words.js";

/** A shape of icons.svg; the word beside it carries the meaning. */
export const icon = (name, kind = "") =>
  html`<svg class="i ${kind}" aria-hidden="true"><use href="/console/icons.svg#i-${name}"></use></svg>`;

/** Where a call stands: [style, shape, word]. Verdict colours mean verdicts only, so none of them is here. */
const STATES = {
  offered: ["v-plain", "clock"],
  queued: ["v-info", "people"],
  ringing: ["v-warn", "st-ring"],
  answered: ["v-ok", "st-talk"],
  released: ["v-legit", "connect"],
  laddered: ["v-legit", "arrow"],
  ended: ["v-plain", "end"],
  abandoned: ["v-plain", "x"],
};

const OVER = new Set(["released", "laddered", "ended", "abandoned"]);

export const isOver = (call) => OVER.has(call.state);

/** Whether the caller still hears ringing, so that the call can go on to the callee. */
export const isWaiting = (call) => call.state === "offered" || call.state === "queued" || call.state === "ringing";

export function stateBadge(call) {
  const [style, shape] = STATES[call.state] ?? ["v-plain", "clock"];
  return html`<span class="v ${style}">${icon(shape)}${t(`state.${call.state}`)}</span>`;
}

/** Before a reason: whose it is. */
export const ruleMark = (call) => (call.rule ? html`<span class="t3">${t("rule.n", { rule: call.rule })} · </span>` : "");

export const seatOf = (call) => (call.seat ? t("seat.n", { seat: call.seat }) : "");

/** Orders calls by when they came to the desk, the oldest first. */
export const byArrival = (a, b) => (a.offeredAt < b.offeredAt ? -1 : a.offeredAt > b.offeredAt ? 1 : 0);

/** A number in groups, or in words what stands there instead of one. */
export const numberText = (number) =>
  number.kind === "number" || number.text ? number.text : t(`number.${number.kind}`);

/** A message with its severity as colour, shape and word. */
export const note = (severity, content, role) =>
  html`<div class="note ${severity}" role=${role}>
    ${icon({ crit: "s-crit", warn: "s-warn", info: "s-info", ok: "s-ok" }[severity])}<span class="grow">${content}</span>
  </div>`;
