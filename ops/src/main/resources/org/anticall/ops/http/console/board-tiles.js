// The desk in a row of figures, as the live channel tells it.
import { html } from "lit";
import { span } from "./format.js";
import { isWaiting } from "./parts.js";
import { t } from "./words.js";

/** One figure with its label; what it is measured against stands beside it. */
export const tile = (key, value, more = "") => html`<div class="tile" id=${key.replace(".", "-")}>
  <div class="label" title=${t(key)}>${t(key)}</div>
  <div class="val">${value} <small>${more}</small></div>
</div>`;

/** How many calls wait, ring and are talked on, how long the longest waits, how many seats are ready. */
export function boardTiles(live, now) {
  const calls = [...live.calls.values()];
  const count = (...states) => calls.filter((call) => states.includes(call.state)).length;
  const waits = calls.filter(isWaiting).map((call) => now - Date.parse(call.offeredAt));
  const seats = [...live.seats.values()];
  const present = seats.filter((seat) => seat.state !== "offline").length;
  return html`<section class="tiles" aria-label=${t("tiles")}>
    ${tile("tile.queued", count("queued", "offered"))}
    ${tile("tile.longest", waits.length > 0 ? span(Math.max(...waits)) : "—")}
    ${tile("tile.ringing", count("ringing"))} ${tile("tile.talking", count("answered"))}
    ${tile("tile.ready", seats.filter((seat) => seat.state === "ready").length, t("tile.of", { n: present }))}
  </section>`;
}
