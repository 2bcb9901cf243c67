// Times, spans and countries as the reader writes them.
import { language } from "./words.js";

// Kazakh and Belarusian write times and numbers as Russian does, and not every browser has their data.
const locale = () => (language() === "en" ? "en" : "ru");

const KAZAKH_COUNTRIES = {
  AE: "БАӘ", AM: "Армения", AZ: "Әзербайжан", BE: "Бельгия", BG: "Болгария", BY: "Беларусь", CA: "Канада", CH: "Швейцария",
  CN: "Қытай", CY: "Кипр", CZ: "Чехия", DE: "Германия", EE: "Эстония", EG: "Мысыр", ES: "Испания", FI: "Финляндия",
  FR: "Франция", GB: "Ұлыбритания", GE: "Грузия", GR: "Грекия", ID: "Индонезия", IL: "Израиль", IN: "Үндістан", IR: "Иран",
  IT: "Италия", JP: "Жапония", KG: "Қырғызстан", KR: "Оңтүстік Корея", KZ: "Қазақстан", LT: "Литва", LV: "Латвия",
  MD: "Молдова", MN: "Моңғолия", MY: "Малайзия", NL: "Нидерланд", PK: "Пәкістан", PL: "Польша", RO: "Румыния", RU: "Ресей",
  SA: "Сауд Арабиясы", SE: "Швеция", TH: "Таиланд", TJ: "Тәжікстан", TM: "Түрікменстан", TR: "Түркия", UA: "Украина",
  US: "АҚШ", UZ: "Өзбекстан", VN: "Вьетнам",
};

const made = new Map();

function format(name, make) {
  const written = locale();
  const key = `${written} ${name}`;
  if (!made.has(key)) made.set(key, make(written));
  return made.get(key);
}

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };

/** 14:32:05 */
export const clock = (at) => format("clock", (l) => new Intl.DateTimeFormat(l, CLOCK)).format(new Date(at));

/** 14:32:05,671 in Russian, with a point in English */
export const clockMillis = (at) =>
  format("millis", (l) => new Intl.DateTimeFormat(l, { ...CLOCK, fractionalSecondDigits: 3 })).format(new Date(at));

/** 21.11.2026 */
export function day(at) {
  const date = new Date(at);
  const two = (value) => String(value).padStart(2, "0");
  return `${two(date.getDate())}.${two(date.getMonth() + 1)}.${date.getFullYear()}`;
}

/** 0:09, 12:40, 1:02:40 */
export function span(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export const number = (value, digits = 0) =>
  format(`number${digits}`, (l) => new Intl.NumberFormat(l, { maximumFractionDigits: digits })).format(value);

/** The name of a country by its ISO code. */
export function country(code) {
  if (!code) return "";
  if (language() === "kk" && KAZAKH_COUNTRIES[code]) return KAZAKH_COUNTRIES[code];
  return format("country", (l) => new Intl.DisplayNames(l, { type: "region" })).of(code);
}
