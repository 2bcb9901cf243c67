// Language and theme: the same two controls in every top bar.
import { html } from "lit";
import { icon } from "./parts.js";
import { LANGUAGES, language, t } from "./words.js";

const tell = (element, name, detail) =>
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));

/** @param {HTMLElement} element the view that holds the controls */
export function settings(element, short = false) {
  const light = document.documentElement.dataset.theme === "light";
  return html`<label class="row tight nowrap">
      ${icon("globe")}<span class="sr">${t("language")}</span>
      <select class="in plain" id="language" @change=${(event) => tell(element, "speak", event.target.value)}>
        ${LANGUAGES.map(
          ([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === language()}>${name}</option>`,
        )}
      </select>
    </label>
    <span class="sep"></span>
    <button class="btn quiet" id="theme" @click=${() => tell(element, "theme")} aria-label=${t("theme")}>
      ${icon("moon")}${short ? "" : t(light ? "theme.light" : "theme.dark")}
    </button>`;
}
