// The card of the call at a seat: who rings whom, and what can be done. Ringing, talking and paperwork share one layout.
import { html } from "lit";
import { clock, country, day, span } from "./format.js";
import { icon, numberText } from "./parts.js";
import { language, t } from "./words.js";
import "./block.js";

const SHAPES = { ringing: "st-ring", talking: "st-talk", wrapup: "st-wrap" };

function callee({ mode, call, full }, show) {
  const shown = full ? full.callee : call.callee;
  return html`<div>
    <div class="label">${t("seat.callee")}</div>
    <div class="row base">
      <span class="s22 m nw" id="callee">${numberText(shown)}</span>
      ${
        mode !== "ringing" && !full
          ? html`<button class="btn quiet end" @click=${show}>${icon("eye")}${t("number.show")} <kbd>V</kbd></button>`
          : ""
      }
    </div>
    <div class="t3 s12 mt1">${icon("lock")} ${t(mode === "ringing" ? "seat.callee.later" : "seat.callee.recorded")}</div>
  </div>`;
}

function facts({ mode, call, record }) {
  const pair = (key, value) => (value ? html`<dt>${t(key)}</dt><dd>${value}</dd>` : "");
  const ladder = record?.verdict.ladder;
  return html`<dl class="dl">
    ${pair("fact.trunk", call.trunk)} ${pair("seat.since", `${day(call.offeredAt)} ${clock(call.offeredAt)}`)}
    ${mode === "ringing" && ladder ? pair("seat.otherwise", ladder.map((step) => t(`ladder.${step}`)).join(", ")) : ""}
    <dt>${t("seat.record")}</dt><dd class="mono">${call.id}</dd>
  </dl>`;
}

function actions({ mode, seat }, act) {
  const button = (name, shape, word, key, kind) =>
    html`<button class="btn ${kind}" data-act=${name} @click=${() => act(name)}>${icon(shape)}<span>${word}</span> <kbd>${key}</kbd></button>`;
  if (mode === "ringing") {
    return html`<div class="acts">
      ${button("answer", "answer", t("seat.answer"), "F2", "primary big wide")}
      ${button("connect", "connect", t("seat.connect"), "F4", "big wide")}
      ${button("next", "arrow", t("seat.next"), "N", "wide")}
    </div>`;
  }
  if (mode !== "talking") return "";
  return html`<div class="acts">
    ${button("mute", "mute", t(seat.muted ? "seat.unmute" : "seat.mute"), "F8", "big")}
    ${button("hold", "hold", t(seat.held ? "seat.resume" : "seat.hold"), "H", "big")}
    ${button("connect", seat.connecting ? "undo" : "connect", t(seat.connecting ? "seat.undo" : "seat.connect.short"), "F4", "big")}
    ${button("end", "end", t("seat.end"), "F9", "danger big")}
  </div>`;
}

/**
 * @param {{mode: string, call: object, seat: object, now: number, full: object?, record: object?}} at what is known of the call
 * @param {(name: string) => void} act does what a button says
 * @param {() => void} show shows the callee's number
 */
export function callCard(at, act, show) {
  const { mode, call, now } = at;
  return html`<section class="card live" aria-labelledby="card-h" id="card">
    <div class="bar">
      <span class=${mode === "ringing" ? "pulse" : ""}>${icon(SHAPES[mode] ?? "st-wrap", "l")}</span>
      <h1 class="s16 b" id="card-h">${t(`seat.card.${mode}`)}</h1>
      ${mode === "talking" ? html`<span class="timer s18 end">${span(now - Date.parse(call.changedAt))}</span>` : ""}
    </div>
    <div class="who">
      <div>
        <div class="label">${t("seat.caller")}</div>
        <div class="n">${numberText(call.caller)}</div>
        <div class="t2 s13">${country(call.caller.country)}</div>
      </div>
      <div class="rule-line"></div>
      ${callee(at, show)}
      <div class="rule-line"></div>
      ${facts(at)}
    </div>
    ${mode === "ringing" ? "" : html`<acc-block class="pad rule-line" .call=${call.id} .tongue=${language()}></acc-block>`}
    ${actions(at, act)}
  </section>`;
}
