// Who sits where and what they do, and the queues that calls wait in.
import { html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { clock, number, span } from "./format.js";
import { icon } from "./parts.js";
import { pauseReason } from "./state-bar.js";
import { t } from "./words.js";

const SHAPES = { ready: "st-ready", ringing: "st-ring", "on-call": "st-talk", "wrap-up": "st-wrap", paused: "st-pause", offline: "st-off" };

/** Those who need a look come first: missed calls, then the others at work, last who is away. */
const order = (seat) => (seat.misses > 0 && seat.state === "paused" ? 0 : seat.state === "offline" ? 2 : 1);

function reasonOf(seat) {
  if (seat.state !== "paused") return "";
  return seat.misses > 0 ? t("seat.paused.misses.short", { n: seat.misses }) : pauseReason(seat);
}

/** What can be done to a seat in a state, beyond pause and its end. */
const FORCED = { paused: ["ready", "sign-out"], "wrap-up": ["end-wrap-up", "ready", "sign-out"], ready: ["sign-out"] };

/** What is done to another's seat is done with a reason. */
function forced(seat, force) {
  const acts = FORCED[seat.state] ?? [];
  if (acts.length === 0) return "";
  const send = (event) => {
    event.preventDefault();
    force(seat, event.submitter.dataset.force, event.target.querySelector("input"));
  };
  return html`<form class="stack forced" @submit=${send}>
    <label class="label" for="force-why">${t("force.why")}</label>
    <input class="in" id="force-why" required minlength="3" maxlength="200" autocomplete="off" />
    <span class="row">${acts.map((act) => html`<button class="btn" data-force=${act}>${t(`force.${act}`)}</button>`)}</span>
  </form>`;
}

function line(seat, now, chosen, { choose, pause, force }) {
  const away = seat.state === "offline";
  const alarm = order(seat) === 0;
  const open = chosen === seat.seat;
  return html`<li data-seat=${seat.seat} aria-current=${open ? "true" : "false"}>
    <button class="btn quiet name" aria-expanded=${open ? "true" : "false"} @click=${() => choose(open ? null : seat.seat)}>${seat.seat}</button>
    <span class=${alarm ? "warn" : "t2"}>${icon(alarm ? "s-warn" : SHAPES[seat.state])} ${t(`seat.word.${seat.state}`)} <span class="t3">${reasonOf(seat)}</span></span>
    <span class="t3 nw">${away ? "" : html`<span title=${clock(seat.since)}>${span(now - Date.parse(seat.since))}</span>`}</span>
    ${
      away
        ? html`<span></span>`
        : html`<button class="btn quiet" data-act="pause" @click=${() => pause(seat)}>${t(seat.state === "paused" ? "shift.resume" : "seat.pause")}</button>`
    }
    ${open ? forced(seat, force) : ""}
  </li>`;
}

/**
 * @param {string?} chosen name of the seat that is chosen
 * @param {{choose: (seat: string?) => void, pause: (seat: object) => void, force: (seat: object, act: string, why: HTMLInputElement) => void}} acts
 */
export function roster(live, now, chosen, acts) {
  const seats = [...live.seats.values()].sort((a, b) => order(a) - order(b));
  return html`<section class="panel" aria-labelledby="seats-h">
    <header><h2 id="seats-h">${t("shift.seats")}</h2><span class="t3 end">${seats.length}</span></header>
    ${
      seats.length === 0
        ? html`<p class="pad t2 s13">${t("shift.seats.none")}</p>`
        : html`<ul class="roster">${repeat(seats, (seat) => seat.seat, (seat) => line(seat, now, chosen, acts))}</ul>`
    }
  </section>`;
}

/** Calls by what they need of an operator; one queue alone is no news. */
export function queues(outlook) {
  const all = outlook?.queues ?? [];
  if (all.length < 2) return "";
  return html`<section class="panel" aria-labelledby="queues-h">
    <header><h2 id="queues-h">${t("shift.queues")}</h2></header>
    <table class="tbl" aria-labelledby="queues-h">
      <thead><tr><th>${t("shift.queue")}</th><th class="num">${t("tile.queued")}</th><th class="num">${t("tile.longest")}</th><th class="num">${t("tile.talking")}</th><th class="num">${t("tile.ready")}</th></tr></thead>
      <tbody>
        ${all.map(
          (queue) => html`<tr>
            <td>${queue.name === "rest" ? t("shift.queue.rest") : queue.name}</td>
            <td class="num">${number(queue.waiting)}</td>
            <td class="num">${queue.waiting ? span(1_000 * queue.longestWaitSeconds) : "—"}</td>
            <td class="num">${number(queue.answered)}</td>
            <td class="num">${number(queue.ready)} <span class="t3">${t("tile.of", { n: queue.atWork })}</span></td>
          </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
