// Beside the form of an order, and before a revision is published: what it would have done to calls.
import { html } from "lit";
import { number } from "./format.js";
import { icon } from "./parts.js";
import { said, t } from "./words.js";

/** How broad a target is, by the calls of the last days. */
export function hits(breadth) {
  const tile = (key, value) => html`<div class="tile"><div class="label">${t(key)}</div><div class="val">${number(value)}</div></div>`;
  return html`<section class="panel" aria-labelledby="hits">
    <header><h2 id="hits">${t("edit.hits")}</h2>${breadth?.days ? html`<span class="t2 nw">${t("order.days", { n: breadth.days })}</span>` : ""}
      ${breadth?.approversNeeded > 1 ? html`<span class="end v v-warn">${icon("s-warn")}${t("edit.second")}</span>` : ""}</header>
    ${
      breadth?.days
        ? html`<div class="tiles" aria-live="polite" id="breadth">
            ${tile("edit.hits.calls", breadth.calls)} ${tile("edit.hits.callers", breadth.callers)}
            ${tile("edit.hits.callees", breadth.callees)} ${tile("edit.hits.untouched", breadth.neverTouch)}
          </div>
          <p class="pad t2 s13">${t("edit.hits.of", { all: number(breadth.allCalls) })}</p>`
        : html`<p class="pad t2 s13">${t("edit.hits.none")}</p>`
    }
  </section>`;
}

const line = (style, mark, count, text) =>
  html`<div class=${style}><span class="mk">${mark}</span><span class="b">${count}</span><span>${text}</span><span></span></div>`;

/**
 * What recorded calls would have met.
 *
 * @param {object} tested the backtest, undefined before there is one
 * @param {"edit.past" | "publish.past"} words what is said about it
 * @param {() => void} go starts it
 */
export function past(tested, words, go) {
  return html`<section class="panel" aria-labelledby="past">
    <header><h2 id="past">${t(words)}</h2><button type="button" class="btn end" id="backtest" @click=${go}>${t("edit.past.go")}</button></header>
    ${
      tested
        ? html`<div class="diff" id="tested">
            ${Object.entries(tested.changes).map(([change, n]) => {
              const [was, is] = change.split(">");
              const freed = is === "pass";
              return line(freed ? "del" : "add", freed ? "−" : "+", number(n), `${t(`action.${was}`)} → ${t(`action.${is}`)}`);
            })}
            ${line("", "=", number(tested.calls), t(`${words}.calls`, { caught: number(tested.caught), freed: number(tested.freed) }))}
            ${line("", "~", number(tested.operators, 1), t("edit.past.operators"))}
            ${words === "edit.past" ? line("", "−", number(tested.freed), t("edit.past.freed")) : ""}
          </div>`
        : html`<p class="pad t2 s13">${t(`${words}.help`)}</p>`
    }
  </section>`;
}

/** What the order would do to one call that somebody thinks of. */
export function oneCall(trial, go) {
  return html`<section class="panel" aria-labelledby="one">
    <header><h2 id="one">${t("edit.one")}</h2><kbd>Alt</kbd> <kbd>T</kbd><button class="btn end" id="try" form="one-call">${t("edit.past.go")}</button></header>
    <form class="pad" id="one-call" @submit=${go}>
      <div class="row nowrap">
        <input class="in" id="caller" aria-label=${t("edit.one.from")} required autocomplete="off" />${icon("arrow")}
        <input class="in" id="callee" aria-label=${t("edit.one.to")} required autocomplete="off" />
      </div>
      ${trial ? html`<p class="row mt2 s13" id="trial" role="status"><span class="v v-${trial.verdict}">${icon(`v-${trial.verdict}`)}${t(`action.${trial.verdict}`)}</span> <span>${said(trial.reason)}</span></p>` : ""}
    </form>
  </section>`;
}

/** Who has to sign: the author, another person, and for a broad order a third one. */
export function signatures(author, broad) {
  return html`<section class="panel" aria-labelledby="signatures">
    <header><h2 id="signatures">${t("edit.signatures")}</h2></header>
    <ol class="steps pad">
      <li class="now"><span>${t("edit.author", { name: author })}</span></li>
      <li><span>${t("edit.approver")}</span><span class="t3">${t("edit.notAuthor")}</span></li>
      ${broad ? html`<li><span>${t("edit.approver2")}</span><span class="t3">${t("edit.isBroad")}</span></li>` : ""}
    </ol>
  </section>`;
}
