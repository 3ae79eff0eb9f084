/* The interface's words. The English sentence is the key; lists of the other languages come with the app. */

export const LANGUAGES = { en: "English", ar: "العربية", ckb: "کوردیی ناوەندی" };

let words = {};
let language = "en";

/* The language that a reader most likely wants, of those there are. */
export function guessed(wanted = navigator.languages) {
  const known = wanted.map((one) => one.split("-")[0]).map((one) => (one === "ku" ? "ckb" : one));
  return known.find((one) => one in LANGUAGES) ?? "en";
}

export async function speak(wanted) {
  language = wanted in LANGUAGES ? wanted : "en";
  const answer = await fetch(new URL(`words.${language}.json`, import.meta.url));
  words = answer.ok ? await answer.json() : {};
  document.documentElement.lang = language;
  document.documentElement.dir = language === "en" ? "ltr" : "rtl";
}

export const spoken = () => language;

/* A sentence in the reader's language, with {parts} filled in. */
export function t(sentence, parts = {}) {
  const said = words[sentence] || sentence;
  return said.replace(/\{(\w+)\}/g, (whole, name) => (name in parts ? String(parts[name]) : whole));
}

/* A text of the kit ({language: words}) in the reader's language, or in any. */
export function inWords(text) {
  if (typeof text === "string") return text;
  return text?.[language] || text?.en || Object.values(text ?? {})[0] || "";
}

/* A moment: the hour alone when it is today's. */
export function moment(milliseconds) {
  const when = new Date(milliseconds);
  const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const today = when.toDateString() === new Date().toDateString();
  const place = { en: "en-GB", ar: "ar-IQ-u-nu-latn", ckb: "ckb-IQ-u-nu-latn" }[language];
  return new Intl.DateTimeFormat(place, today ? hour : { day: "numeric", month: "long", ...hour }).format(when);
}
