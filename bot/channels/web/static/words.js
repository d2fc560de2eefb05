/** The words of the page, sent along by the server in the reader's language. */

const words = JSON.parse(document.getElementById("words").textContent);

export const language = document.documentElement.lang;

/** Give the words of `msgid` with `values` put in their places; a missing word is an error, not an empty label. */
export function say(msgid, values = {}) {
  if (!Object.hasOwn(words, msgid)) throw new Error(`no words for "${msgid}"`);
  return words[msgid].replace(/\{(\w+)\}/g, (place, name) => (Object.hasOwn(values, name) ? String(values[name]) : place));
}

const locale = { "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", en: navigator.language.startsWith("en") ? navigator.language : "en-GB" }[language];
const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(locale, { weekday: "long", month: "long", day: "numeric" });
const dayAndYear = new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", day: "numeric" });

export const timeOf = (at) => clock.format(at);

export const number = (value) => new Intl.NumberFormat(locale).format(value);

/** Tell a day as people do: today, yesterday, then the date, with its year once that is no longer this one. */
export function dayOf(at, now = new Date()) {
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (at.toDateString() === now.toDateString()) return say("Today");
  if (at.toDateString() === yesterday.toDateString()) return say("Yesterday");
  return (at.getFullYear() === now.getFullYear() ? day : dayAndYear).format(at);
}
