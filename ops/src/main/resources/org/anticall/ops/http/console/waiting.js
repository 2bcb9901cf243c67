// What an operator sees while there is no call: the queue, the own day, the check of microphone and loudspeaker.
import { html } from "lit";
import { country, number, span } from "./format.js";
import { icon, numberText } from "./parts.js";
import { t } from "./words.js";

/** Calls that wait, and for how long. */
export function queue(live, now) {
  const waiting = [...live.calls.values()].filter((call) => call.state === "queued" || call.state === "ringing");
  return html`<section class="panel" aria-labelledby="queue-h">
    <header><h2 id="queue-h">${t("seat.queue")}</h2><span class="t3 end">${waiting.length}</span></header>
    ${
      waiting.length === 0
        ? html`<p class="pad t2 s13">${t("seat.queue.none")}</p>`
        : html`<table class="tbl" aria-labelledby="queue-h"><tbody>
            ${waiting.map(
              (call) => html`<tr>
                <td class="nw">${numberText(call.caller)}<span class="sub">${country(call.caller.country)}</span></td>
                <td>${call.rule ? t("rule.n", { rule: call.rule }) : ""}</td>
                <td class="num">${span(now - Date.parse(call.offeredAt))}</td>
              </tr>`,
            )}
          </tbody></table>`
    }
  </section>`;
}

/** What this operator found today. */
export function own(today) {
  const line = (shape, key) => html`<div class="ev">${icon(shape)}<span>${t(`finding.${key}`)}</span><b>${number(today[key] ?? 0)}</b></div>`;
  return html`<section class="panel" aria-labelledby="own-h">
    <header><h2 id="own-h">${t("seat.own")}</h2><span class="t3 end">${t("seat.own.span")}</span></header>
    <div class="pad">${line("flag", "confirmed")}${line("allow", "false-positive")}${line("silence", "unclear")}</div>
  </section>`;
}

/** Before the shift: is the microphone heard, does sound come out where it should. */
export function check(seat, devices, microphone, looked) {
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
              ${choice("check-out", t("seat.speaker"), "audiooutput", localStorage.getItem("speaker"), (id) => seat.speakThrough(id))}`
          : html`<button class="btn" @click=${async () => (await seat.check(), looked())}>${icon("mic")}${t("seat.check.go")}</button>`
      }
    </div>
  </section>`;
}
