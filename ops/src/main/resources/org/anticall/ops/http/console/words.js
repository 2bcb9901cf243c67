// Words of the page in the reader's language: t(KEY, {name: value}). A key with plurals holds an object of
// forms as Intl.PluralRules names them.

export const LANGUAGES = [
  ["kk", "Қазақша"],
  ["ru", "Русский"],
  ["en", "English"],
];

let words = {};
let plurals = new Intl.PluralRules("ru");

export const language = () => document.documentElement.lang;

/** Loads the words of a language and makes it the page's. */
export async function speak(code) {
  const answer = await fetch(`/console/words/${code}.json`);
  words = await answer.json();
  plurals = new Intl.PluralRules(code);
  document.documentElement.lang = code;
  localStorage.setItem("language", code);
}

/** The words for a key; {n} chooses the plural form. A key nobody wrote words for shows itself. */
export function t(key, values = {}) {
  const found = words[key] ?? key;
  const text = typeof found === "string" ? found : (found[plurals.select(values.n)] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A text that the centre wrote in all languages. */
export const said = (texts) => texts?.[language()] ?? texts?.en ?? "";
