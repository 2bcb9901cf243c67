// Words of the page in the reader's language: t(KEY, {name: value}). A key with plurals holds an object of
// forms as Intl.PluralRules names them.

export const LANGUAGES = [
  ["kk", "Қазақша"],
  ["ru", "Русский"],
  ["en", "English"],
  ["be", "Беларуская"],
];

/** Languages that operators speak on the phone. */
export const SPOKEN = LANGUAGES.filter(([code]) => code !== "be");

/** A language that has not all words yet, and the one whose words stand in for the others. */
const STANDS_IN = { be: "ru" };

let words = {};
let plurals = new Intl.PluralRules("ru");

export const language = () => document.documentElement.lang;

/** All words of a language. */
export async function wordsOf(code) {
  const own = await (await fetch(`/console/words/${code}.json`)).json();
  return STANDS_IN[code] ? { ...(await wordsOf(STANDS_IN[code])), ...own } : own;
}

/** Loads the words of a language and makes it the page's. */
export async function speak(code) {
  words = await wordsOf(code);
  plurals = new Intl.PluralRules(code);
  document.documentElement.lang = code;
  localStorage.setItem("language", code);
}

/** The words for a key; {n} chooses the plural form. A key nobody wrote words for shows itself. */
export function t(key, values = {}) {
  const found = words[key] ?? key;
  const text = typeof found === "string" ? found : (found[plurals.select(values.n)] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Array.isArray(values[name]) ? values[name].join(", ") : (values[name] ?? whole)));
}

/** The keys that begin so. */
export const keysOf = (beginning) => Object.keys(words).filter((key) => key.startsWith(beginning));

/** A text that the centre wrote in all languages. */
export const said = (texts) => texts?.[language()] ?? texts?.[STANDS_IN[language()]] ?? texts?.en ?? "";
