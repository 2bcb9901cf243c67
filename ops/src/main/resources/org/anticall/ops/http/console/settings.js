// Language and theme: the same two controls in every top bar.
import { html } from "lit";
import { icon } from "./parts.js";
import { LANGUAGES, language, t } from "./words.js";

const tell = (element, name, detail) =>
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));

/** @param {HTMLElement} element the view that holds the controls */
export function settings(element, short = false) {
  const light = document.documentElement.dataset.theme === "light";
  return html`<nav class="row tight nowrap" aria-label=${t("language")}>
      ${LANGUAGES.map(
        ([code, name]) => html`<button
          class="btn quiet"
          lang=${code}
          aria-label=${name}
          aria-current=${code === language() ? "true" : "false"}
          @click=${() => tell(element, "speak", code)}
        >
          ${code === language() ? icon("s-ok") : ""}${short ? t(`language.short.${code}`) : name}
        </button>`,
      )}
    </nav>
    <span class="sep"></span>
    <button class="btn quiet" @click=${() => tell(element, "theme")} aria-label=${t("theme")}>
      ${icon("moon")}<span class=${short ? "lo" : ""}>${t(light ? "theme.light" : "theme.dark")}</span>
    </button>`;
}
