// Beside the call: why it is here, and what is known of its caller.
import { html } from "lit";
import { campaignNote } from "./campaigns.js";
import { clock, day, number } from "./format.js";
import { icon } from "./parts.js";
import { said, t } from "./words.js";

/** The rule in plain words, and how often it is right. */
export function why(call, papers) {
  const precision = papers?.precision;
  const known = precision ? precision.confirmed + precision["false-positive"] : 0;
  return html`<section class="panel" aria-labelledby="why-h">
    <header>
      <h2 id="why-h">${t("seat.why")}</h2>
      <span class="end"><span class="v v-divert">${icon("v-divert")}${t("verdict.divert")}</span></span>
    </header>
    <div class="pad">
      <p class="why">${call.reason ? said(call.reason) : t("reason.waiting.long")}</p>
      ${call.rule ? html`<p class="t2 s13 mt2">${t("rule.n", { rule: call.rule })}</p>` : ""}
      ${
        known > 0
          ? html`<p class="t2 s13 mt1">${t("seat.precision", { part: number((100 * precision.confirmed) / known), n: known })}</p>`
          : ""
      }
    </div>
  </section>`;
}

/** Whether people complained that the number was kept from them, and whether it is about to pass. */
function redress(papers) {
  if (!papers?.appeals && !papers?.allowed) return "";
  return html`<ul class="pad s13" id="redress-note">
    ${papers.appeals ? html`<li>${icon("doc")} ${t("seat.appeals", { n: papers.appeals })}</li>` : ""}
    ${papers.allowed ? html`<li>${icon("allow")} ${t("seat.allowed")}</li>` : ""}
  </ul>`;
}

/** What earlier calls of this caller were. */
export function earlier(papers) {
  const calls = papers?.earlier ?? [];
  return html`<section class="panel col" aria-labelledby="earlier-h">
    <header><h2 id="earlier-h">${t("seat.earlier")}</h2><span class="t3 end">${t("seat.earlier.what")}</span></header>
    ${campaignNote(papers?.campaign)} ${redress(papers)}
    ${
      calls.length === 0
        ? html`<p class="pad t2 s13">${t(papers ? "seat.earlier.none" : "seat.loading")}</p>`
        : html`<table class="tbl" aria-labelledby="earlier-h"><tbody>
            ${calls.map(
              (each) => html`<tr>
                <td class="nw t3">${day(each.at)} ${clock(each.at)}</td>
                <td>${t("seat.n", { seat: each.account })}</td>
                <td class="num"><span class="v v-plain">${icon(each.finding === "confirmed" ? "flag" : "silence")}${t(`outcome.call.${each.outcome}`)}</span></td>
              </tr>`,
            )}
          </tbody></table>`
    }
  </section>`;
}
