// The bar under the top bar of a seat: what the seat does, since when, what comes next, whether the microphone hears.
import { html } from "lit";
import { span } from "./format.js";
import { isRecording } from "./health.js";
import { icon } from "./parts.js";
import { t } from "./words.js";

/** Why a seat may pause, in the order of their digits. */
export const PAUSES = ["break", "meal", "training", "other"];

const LOOKS = {
  offline: ["pause", "st-off"],
  paused: ["pause", "st-pause"],
  ready: ["ready", "st-ready"],
  ringing: ["ring", "st-ring"],
  talking: ["talk", "st-talk"],
  wrapup: ["wrap", "st-wrap"],
  breather: ["pause", "st-pause"],
};

/** What the seat is about: offline, paused, ready, ringing, talking, wrapup; breather after a call that was taken over. */
export function modeOf(seat) {
  const state = seat.status?.state ?? "offline";
  if (seat.offer?.talking) return "talking";
  if (state === "ringing") return "ringing";
  if (state === "on-call") return "talking";
  if (seat.status?.unfiled) return "wrapup";
  if (state === "wrap-up") return "breather";
  return state === "ready" || state === "paused" ? state : "offline";
}

/** The level that the microphone hears. */
export function microphone(seat) {
  const lit = Math.ceil(seat.level * 5);
  return html`<span class="link-q">
    ${icon("mic")}<span class="mic" aria-hidden="true">${[0, 1, 2, 3, 4].map((i) => html`<i class=${i < lit ? "on" : ""}></i>`)}</span>
    <b>${t("seat.microphone")}</b>
  </span>`;
}

/** Why a seat is paused, in words; a reason that a person wrote stays as it is. */
export function pauseReason({ pauseReason: reason, misses }) {
  if (misses > 0) return t("seat.paused.misses", { n: misses });
  if (reason === "no disposition") return t("seat.paused.unfiled");
  if (reason === "standing by") return t("seat.standing-by");
  const forced = /^supervisor (\S+?)(?:: (.*))?$/.exec(reason ?? "");
  if (forced) return `${t("seat.paused.by", { who: forced[1] })}${forced[2] ? `: ${forced[2]}` : ""}`;
  return PAUSES.includes(reason) ? t(`seat.pause.${reason}`) : (reason ?? "");
}

function wrapUp(seat, left) {
  return html`<span class="t2 s13">${left ? t("seat.wrapup.left", { left }) : t("seat.wrapup.over")}</span>
    ${left ? html`<button class="btn" @click=${() => seat.longer()}>${icon("plus")}${t("seat.longer")} <kbd>M</kbd></button>` : ""}`;
}

/** What is to be known of the state in words. */
function words(seat, mode, left) {
  const plain = (text) => html`<span class="t2 s13">${text}</span>`;
  const badge = (shape, word) => html`<span class="v v-plain" role="status">${icon(shape)}${t(word)}</span>`;
  if (mode === "ringing") return plain(t("seat.ringing.left", { left }));
  if (mode === "paused") return plain(pauseReason(seat.status));
  if (mode === "wrapup") return wrapUp(seat, left);
  if (mode === "breather") return plain(t("seat.breather.left", { left }));
  if (mode !== "talking") return "";
  if (seat.connecting) return plain(t("seat.connecting"));
  if (seat.whisper) return badge("ear", seat.whisper.aloud ? "seat.whisper.aloud" : "seat.whisper");
  if (seat.held) return badge("hold", "seat.held");
  return seat.muted ? badge("mute", "seat.muted") : "";
}

function pauses(picking, pick, pause) {
  if (!picking) return html`<button class="btn" id="pause" @click=${() => pick(true)}>${icon("st-pause")}${t("seat.pause")} <kbd>P</kbd></button>`;
  return html`<span class="group" role="group" aria-label=${t("seat.pause")}>
    ${PAUSES.map((reason, i) => html`<button class="btn" @click=${() => pause(reason)}>${t(`seat.pause.${reason}`)} <kbd>${i + 1}</kbd></button>`)}
  </span>`;
}

/** @param {{picking: boolean, pick: (on: boolean) => void, pause: (reason: string) => void}} choice of a reason to pause */
export function stateBar(seat, mode, now, { picking, pick, pause }) {
  const { status } = seat;
  const left = status?.until ? span(Date.parse(status.until) - now + 999) : "";
  const [kind, shape] = LOOKS[mode];
  const ready = html`<button class="btn primary" id="ready" @click=${() => seat.ready()}>${icon("st-ready")}${t("seat.ready")} <kbd>R</kbd></button>`;
  return html`<section class="statebar" aria-label=${t("seat.state")}>
    <span class="state ${kind}" id="state">
      ${icon(shape)}${t(`seat.mode.${mode}`)}
      ${mode === "offline" ? "" : html`<span class="timer">${span(status ? now - Date.parse(status.since) : 0)}</span>`}
    </span>
    ${mode === "talking" && isRecording() ? html`<span class="v v-plain recorded">${icon("rec")}${t("seat.recorded")}</span>` : ""}
    ${words(seat, mode, left)}
    <span class="row nowrap wide end">
      ${seat.isOpen ? microphone(seat) : ""}
      ${mode === "ready" ? pauses(picking, pick, pause) : ""}
      ${mode === "paused" || mode === "breather" ? ready : ""}
      ${mode === "ready" || mode === "paused" ? html`<button class="btn quiet" @click=${() => seat.leave()}>${t("seat.leave")}</button>` : ""}
    </span>
  </section>`;
}
