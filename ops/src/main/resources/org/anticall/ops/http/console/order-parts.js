// Parts that the pages about orders share.
import { html, svg } from "lit";
import { icon } from "./parts.js";
import { ruleSentence } from "./rule-sentences.js";
import { t } from "./words.js";

const STEPS = ["draft", "submitted", "shadow", "live"];

/** Four dots: written, approved, watched, acting. */
export function life(order) {
  const { kind } = order.state;
  const over = kind === "expired" || kind === "revoked";
  const at = over ? 4 : kind === "approved" ? 2 : STEPS.indexOf(kind);
  const x = (i) => 5 + 17 * i;
  return html`<span class="life"
    ><svg viewBox="0 0 60 10" aria-hidden="true">
      ${[0, 1, 2].map((i) => svg`<line class="ln ${!over && i < at ? "on" : ""}" x1=${x(i) + 3.5} x2=${x(i + 1) - 3.5} y1="5" y2="5"></line>`)}
      ${STEPS.map((_, i) => svg`<circle class="dot ${over ? "over" : i < at || kind === "live" ? "on" : i === at ? "wait" : ""}" cx=${x(i)} cy="5" r="3.2"></circle>`)}
    </svg>${t(`order.${kind}`)}${order.emergency && !over ? html` <span class="warn">${t("order.emergency")}</span>` : ""}</span
  >`;
}

/** What is to become of the calls, as colour, shape and word. */
export const actionBadge = (action) => html`<span class="v v-${action}">${icon(`v-${action}`)}${t(`action.${action}`)}</span>`;

/** The target in words. */
export function targetText(target) {
  if (target.kind === "range") return t("target.range.text", target);
  if (target.kind === "prefix") return t("target.prefix.text", target);
  if (target.kind === "list") return t("target.list.text", target);
  if (target.kind === "condition") return t("target.condition.text");
  const first = target.numbers.slice(0, 3).join(", ");
  return target.numbers.length > 3 ? t("target.numbers.more", { first, n: target.numbers.length }) : first;
}

/** A field's problem in the reader's language; empty if it has none. */
export function fieldProblem(refusal, field) {
  const problem = refusal?.body?.problems?.find((each) => each.field === field);
  return problem ? html`<p class="err" id="${field}-problem">${icon("s-crit")}${t(`problem.${problem.word}`, { what: sentence(problem.expected), ...problem })}</p>` : "";
}

/** What the centre refused, in the reader's language where there are words for it. */
export function refusalText(refusal) {
  const key = `refused.${refusal.word}`;
  const text = t(key);
  return text === key ? refusal.message : text;
}

/** All that the centre found wrong with the rules, a line each; empty if that was not it. */
export const rehearsalProblems = (refusal) =>
  (refusal?.body?.problems ?? []).filter((each) => typeof each === "string").map((each) => html`<br />${sentence(each)}`);

const SENTENCES = [
  ["fallen.released", /^released (?<n>\d+) of (?<all>\d+) handled within an hour, more than (?<most>\d+) %$/],
  ["fallen.diverted", /^diverted (?<n>\d+) calls within an hour, more than (?<most>\d+)$/],
  ["found.honest.as", /^an operator found an honest caller: (?<who>.+)$/],
  ["found.honest", /^an operator found an honest caller$/],
  ["why.call", /^call (?<id>\S+)$/],
  ["why.appeal", /^appeal (?<id>\d+)$/],
  ["why.allow", /^allow entry (?<id>\d+)$/],
  ["why.began", /^the policy that the centre began with$/],
  ["why.over", /^orders whose time is over: \[(?<ids>[\d, ]+)]$/],
  ["why.fell", /^fell back to shadow: orders \[(?<ids>[\d, ]+)]$/],
  ["why.late", /^emergency orders that had not reached the gateways: \[(?<ids>[\d, ]+)]$/],
  ["why.freed", /^allow entries that had not reached the gateways$/],
  ["why.key", /^signed with the key (?<key>\S+)$/],
  ["why.revision", /^revision (?<n>\d+)$/],
  ["why.import", /^import (?<id>\d+)$/],
  ["why.order", /^order (?<id>\d+)$/],
  ["why.proposal", /^proposal (?<id>\d+)$/],
  ["why.workList", /^work list$/],
  ["why.inspection", /^inspection of the trail$/],
  ["why.accounts", /^care of accounts$/],
  ["rehearsal.missed", /^rule (?<rule>\S+) does not hit a call from (?<number>\S+)$/],
  ["rehearsal.emergency", /^rule (?<rule>\S+) keeps a call from the emergency number (?<number>\S+)$/],
];

/** Why a gateway did not take a revision. */
const REFUSAL = /^(?<word>[a-z-]+): .+$/;
const REFUSED_RULES = /^the rules cannot be used: (?<what>.+)$/;

/** Why a gateway did not take a revision, in the reader's language. */
export function refusalOfGateway(text) {
  const rules = REFUSED_RULES.exec(text);
  if (rules) return t("refusal.rules", { what: rules.groups.what.split("; ").map(sentence).join(" ") });
  const word = REFUSAL.exec(text)?.groups.word;
  const key = `refusal.${word}`;
  const said = word ? t(key) : key;
  return said === key ? sentence(text) : said;
}

/** A sentence that the centre wrote into its records, in the reader's language where there are words for it. */
export function sentence(text) {
  for (const [key, form] of SENTENCES) {
    const found = form.exec(text);
    if (found) return t(key, found.groups);
  }
  return ruleSentence(text) ?? text;
}

/** What becomes of a diverted call that nobody answers, as an order says it. */
export const ladderWords = (ladder) => t(["next-desk", "announcement"].includes(ladder) ? `ladder.${ladder}.order` : `ladder.${ladder}`);
