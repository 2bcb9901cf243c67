// What an operator sees while there is no call: the queue, the own day, the check of microphone and loudspeaker.
import { html } from "lit";
import { clock, country, number, span } from "./format.js";
import { byArrival, icon, isOver, isWaiting, numberText, ruleMark, seatOf, stateBadge } from "./parts.js";
import { said, t } from "./words.js";

const MOST_WAITING = 8;
const MOST_LATEST = 6;

const callerCell = (call) => html`<td class="nw">${numberText(call.caller)}<span class="sub">${country(call.caller.country)}</span></td>`;

/** Calls that wait, the longest first: for how long, why, and where they ring. */
export function queue(live, now) {
  const waiting = [...live.calls.values()].filter(isWaiting).sort(byArrival);
  return html`<section class="panel" aria-labelledby="queue-h">
    <header><h2 id="queue-h">${t("seat.queue")}</h2><span class="t3 end">${waiting.length}</span></header>
    ${
      waiting.length === 0
        ? html`<p class="pad t2 s13">${t("seat.queue.none")}</p>`
        : html`<table class="tbl" aria-labelledby="queue-h">
            <thead><tr><th class="num">${t("seat.queue.wait")}</th><th>${t("col.why")}</th><th>${t("col.caller")}</th><th>${t("col.callee")}</th><th>${t("col.state")}</th></tr></thead>
            <tbody>${waiting.slice(0, MOST_WAITING).map(
              (call) => html`<tr>
                <td class="num b">${span(now - Date.parse(call.offeredAt))}</td>
                <td class="why-cell"><span class="why-text">${ruleMark(call)}${call.reason ? said(call.reason) : t("reason.waiting")}</span></td>
                ${callerCell(call)}
                <td class="nw">${numberText(call.callee)}</td>
                <td class="nw">${stateBadge(call)}<span class="sub">${seatOf(call)}</span></td>
              </tr>`,
            )}</tbody>
          </table>
          ${waiting.length > MOST_WAITING ? html`<footer class="s12 t3">${t("shown.of", { shown: MOST_WAITING, n: waiting.length })}</footer>` : ""}`
    }
  </section>`;
}

/** Calls that this operator had and that are over, the latest first. */
const had = (live, account) =>
  [...live.calls.values()].filter((call) => call.seat === account && isOver(call)).sort((a, b) => (a.changedAt < b.changedAt ? 1 : -1));

const talked = (call) => (call.answeredAt ? Date.parse(call.changedAt) - Date.parse(call.answeredAt) : 0);

/** The own last calls. */
export function latest(live, account) {
  const calls = had(live, account).slice(0, MOST_LATEST);
  if (calls.length === 0) return "";
  return html`<section class="panel" aria-labelledby="latest-h">
    <header><h2 id="latest-h">${t("seat.latest")}</h2></header>
    <table class="tbl" aria-labelledby="latest-h"><tbody>
      ${calls.map(
        (call) => html`<tr>
          <td class="nw t3">${clock(call.offeredAt)}</td>
          ${callerCell(call)}
          <td class="why-cell"><span class="why-text">${call.reason ? said(call.reason) : ""}</span></td>
          <td class="num">${talked(call) ? span(talked(call)) : "—"}</td>
          <td class="num">${stateBadge(call)}</td>
        </tr>`,
      )}
    </tbody></table>
  </section>`;
}

/** What this operator found in the last twelve hours, and how long the calls took that are still on the board. */
export function own(today, live, account) {
  const talks = had(live, account).map(talked).filter((millis) => millis > 0);
  const average = talks.length ? span(talks.reduce((sum, each) => sum + each, 0) / talks.length) : "—";
  const line = (shape, word, value) => html`<div class="ev">${icon(shape)}<span>${t(word)}</span><b>${value}</b></div>`;
  const found = (shape, key) => line(shape, `finding.${key}`, number(today[key] ?? 0));
  return html`<section class="panel" aria-labelledby="own-h">
    <header><h2 id="own-h">${t("seat.own")}</h2><span class="t3 end">${t("seat.own.span")}</span></header>
    <div class="pad">
      ${found("flag", "confirmed")}${found("allow", "false-positive")}${found("silence", "unclear")}
      ${line("st-talk", "seat.own.answered", number(talks.length))}${line("clock", "seat.own.average", average)}
    </div>
  </section>`;
}

/** What a test call came to. */
function tested(state) {
  if (state === "") return "";
  const shape = state === "going" ? icon("clock") : state === "well" ? icon("s-ok", "ok") : icon("s-warn", "warn");
  return html`${shape} ${t(`seat.test.${state}`)}`;
}

/** Before the shift: is the microphone heard, does sound come out where it should. */
export function check(seat, devices, microphone, test, looked) {
  const kinds = (kind) => devices.filter((each) => each.kind === kind && each.deviceId);
  const choice = (id, label, kind, chosen, choose) => html`<label class="label" for=${id}>${label}</label>
    <select class="in" id=${id} @change=${(event) => choose(event.target.value)}>
      ${kinds(kind).map((each, i) => html`<option value=${each.deviceId} ?selected=${each.deviceId === chosen}>${each.label || `${label} ${i + 1}`}</option>`)}
    </select>`;
  return html`<section class="panel" aria-labelledby="check-h">
    <header><h2 id="check-h">${t("seat.check")}</h2></header>
    <div class="pad stack">
      <p class="t2 s13 text">${t("seat.check.text")}</p>
      ${
        seat.isOpen
          ? html`${choice("check-mic", t("seat.microphone"), "audioinput", localStorage.getItem("microphone"), (id) => seat.check(id))}
              <div>${microphone}</div>
              ${choice("check-out", t("seat.speaker"), "audiooutput", localStorage.getItem("speaker"), (id) => seat.speakThrough(id))}
              <button class="btn" id="test-call" ?disabled=${test.state === "going"} @click=${test.make}>${icon("st-talk")}${t("seat.test")} <kbd>Y</kbd></button>
              <p class="s13 text" role="status" id="test-state">${tested(test.state)}</p>`
          : html`<button class="btn" @click=${async () => (await seat.check(), looked())}>${icon("mic")}${t("seat.check.go")}</button>`
      }
    </div>
  </section>`;
}
