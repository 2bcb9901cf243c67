// Confirmed frauds that come from one place: who works there, how much, when last.
import { LitElement, html } from "lit";
import * as api from "./api.js";
import { clock, day, number } from "./format.js";
import { icon } from "./parts.js";
import { Repeating } from "./repeating.js";
import { t } from "./words.js";

const LOOK_EVERY_MS = 30_000;

/** Beside a call: the campaign its number belongs to. */
export const campaignNote = (campaign) =>
  campaign
    ? html`<div class="pad" id="campaign">
        <p class="s13"><b>${icon("flag")} ${t("campaign.of", { tag: campaign.tag })}</b></p>
        <p class="t2 s13">${t("campaign.calls", { n: campaign.calls })}, ${t("campaign.numbers", { n: campaign.callers })}${campaign.organisations.length ? `: ${campaign.organisations.join(", ")}` : ""}</p>
        <p class="t3 s12">${t("campaign.last")} ${day(campaign.last)} ${clock(campaign.last)}</p>
      </div>`
    : "";

class Campaigns extends LitElement {
  static properties = { tongue: {}, found: { state: true } };

  constructor() {
    super();
    new Repeating(this, LOOK_EVERY_MS, () => this.#look(), { atOnce: true });
    this.found = { days: 0, campaigns: [] };
  }

  createRenderRoot() {
    return this;
  }

  async #look() {
    this.found = await api.campaigns().catch(() => this.found); // what was read last stays
  }

  render() {
    const { days, campaigns } = this.found;
    if (campaigns.length === 0) return "";
    return html`<section class="panel list" aria-labelledby="campaigns-h">
      <header><h2 id="campaigns-h">${t("campaigns")}</h2><span class="t3 end">${t("order.days", { n: days })}</span></header>
      <table class="tbl" aria-labelledby="campaigns-h">
        <thead><tr><th>${t("campaign")}</th><th>${t("fraud.organisation")}</th><th class="num">${t("campaign.callers")}</th><th class="num">${t("calls.nav")}</th><th>${t("campaign.last")}</th></tr></thead>
        <tbody>${campaigns.map(
          (each) => html`<tr>
            <td><span class="mono">${each.tag}</span><span class="sub">${t(`fraud.${each.fraud}`)}</span></td>
            <td>${each.organisations.join(", ") || "—"}</td>
            <td class="num">${number(each.callers)}</td>
            <td class="num">${number(each.calls)}</td>
            <td class="nw">${day(each.last)} ${clock(each.last)}</td>
          </tr>`,
        )}</tbody>
      </table>
    </section>`;
  }
}

customElements.define("acc-campaigns", Campaigns);
