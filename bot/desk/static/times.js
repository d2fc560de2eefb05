// Moments in the reader's own zone and way of writing. The server sends UTC.
import { t } from "./words.js";

const language = document.documentElement.lang;
const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(language, { month: "short", day: "numeric" });
const dayOfYear = new Intl.DateTimeFormat(language, { year: "numeric", month: "short", day: "numeric" });

export function showTimes(root, only) {
  for (const element of root.querySelectorAll(only ? `time[data-show="${only}"]` : "time[data-show]")) {
    const at = new Date(element.dateTime);
    const words = SHOWN[element.dataset.show](at);
    if (element.textContent !== words) element.textContent = words;
    element.dataset.told = "";
    if (element.dataset.show === "wait") element.classList.toggle("wait-long", Date.now() - at >= 600_000);
    else element.title = `${dayName(at)} ${time.format(at)}`;
  }
}

export function dayName(at) {
  const days = Math.round((midnight(new Date()) - midnight(at)) / 86_400_000);
  if (days === 0) return t("Today");
  if (days === 1) return t("Yesterday");
  return at.getFullYear() === new Date().getFullYear() ? day.format(at) : dayOfYear.format(at);
}

const SHOWN = {
  time: (at) => time.format(at),
  day: (at) => dayOfYear.format(at),
  short: (at) => (midnight(at) === midnight(new Date()) ? time.format(at) : dayName(at)),
  full: (at) => `${dayName(at)} ${time.format(at)}`,
  wait: (at) => waited(Math.max(0, Math.floor((Date.now() - at) / 60_000))),
};

function waited(minutes) {
  if (minutes < 1) return t("just now");
  if (minutes < 60) return t("{count} min", { count: minutes });
  if (minutes < 1440) return t("{count} h {minutes} min", { count: Math.floor(minutes / 60), minutes: minutes % 60 });
  return t("{count} d", { count: Math.floor(minutes / 1440) });
}

function midnight(at) {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
