// The rules behind the calls of this shift: how many calls each brought to the desk, and how often it was right.
import { html } from "lit";
import { number } from "./format.js";
import { icon } from "./parts.js";
import { said, t } from "./words.js";

const MOST_RULES = 8;

/** Rules of the calls on the board: how many each has, and what it says of the latest in words. */
function counted(live) {
  const counts = new Map();
  for (const { rule, reason } of live.calls.values()) {
    if (rule) counts.set(rule, { calls: (counts.get(rule)?.calls ?? 0) + 1, reason: reason ?? counts.get(rule)?.reason });
  }
  return counts;
}

/**
 * @param {Live} live the board
 * @param {{rules: object[], days: number}?} precision what operators and decided appeals found; null while it is not known
 */
export function rules(live, precision) {
  const counts = counted(live);
  const found = new Map((precision?.rules ?? []).map((each) => [each.rule, each]));
  const names = [...new Set([...counts.keys(), ...found.keys()])].sort((a, b) => (counts.get(b)?.calls ?? 0) - (counts.get(a)?.calls ?? 0));
  if (names.length === 0) return "";
  return html`<section class="panel list" aria-labelledby="rules-h" id="shift-rules">
    <header><h2 id="rules-h">${t("shift.rules")}</h2>${precision ? html`<span class="t3 end">${t("shift.rules.of", { days: precision.days })}</span>` : ""}</header>
    <table class="tbl" aria-labelledby="rules-h">
      <thead>
        <tr><th>${t("fact.rule")}</th><th class="num">${t("shift.rules.calls")}</th><th class="num">${t("precision.right")}</th><th class="num">${t("precision.wrong")}</th><th class="num">${t("shift.rules.false")}</th></tr>
      </thead>
      <tbody>${names.slice(0, MOST_RULES).map((name) => line(name, counts.get(name), found.get(name)))}</tbody>
    </table>
    ${names.length > MOST_RULES ? html`<footer class="s12 t3">${t("shown.of", { shown: MOST_RULES, n: names.length })}</footer>` : ""}
  </section>`;
}

function line(name, counted, found) {
  const wrong = found?.right || found?.wrong ? `${number(Math.round(100 * (1 - found.share)))} %` : "—";
  return html`<tr data-rule=${name}>
    <td class="why-cell"><span class="why-text"><b>${name}</b> ${said(counted?.reason)}</span></td>
    <td class="num">${number(counted?.calls ?? 0)}</td>
    <td class="num">${found ? number(found.right) : "—"}</td>
    <td class="num">${found ? number(found.wrong) : "—"}</td>
    <td class="num nw">${found?.proposedForShadow ? html`<span class="v v-warn" title=${t("precision.shadow")}>${icon("s-warn")}${wrong}</span>` : wrong}</td>
  </tr>`;
}
