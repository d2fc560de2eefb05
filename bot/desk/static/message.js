// One message on the page: where it stands, how it is renewed, what it quotes, what it carries.
import { t } from "./words.js";

// Put a message where it belongs: one that was overtaken on its way stands before the one that overtook it.
export function insert(message) {
  const messages = [...document.querySelectorAll("#talk .message")];
  const before = messages.findLast((one) => !stands(message, one));
  if (before) before.after(message);
  else document.getElementById("talk").prepend(message);
}

// Whether one message stands before another.
function stands(one, other) {
  const [mine, theirs] = [one, other].map((message) => message.dataset.order.split(" ").map(Number));
  const place = mine.findIndex((number, index) => number !== theirs[index]);
  return place >= 0 && mine[place] < theirs[place];
}

// What one has opened stays open, and what plays goes on playing.
export function replace(old, fresh) {
  const open = old.querySelector("details[open]");
  const details = fresh.querySelector("details");
  if (open && details) details.open = true;
  for (const medium of old.querySelectorAll("audio, video, .came-picture")) {
    const same = [...fresh.querySelectorAll("audio, video, .came-picture")].find((one) => source(one) === source(medium));
    if (same && (medium.currentTime || medium.matches(".came-picture"))) same.replaceWith(medium);
  }
  old.replaceWith(fresh);
}

const source = (medium) => medium.getAttribute("src") ?? medium.getAttribute("href");

// A quoted message that is on the page is shown where it stands; another one by its address.
export function goToQuoted(event) {
  const link = event.target.closest?.(".answers");
  if (!link || !document.getElementById(link.dataset.to)) return;
  event.preventDefault();
  location.hash = link.dataset.to;
}

// A picture that the platform does not give any more is said to be missing, not drawn as a broken one.
export function sayMissing(event) {
  const link = event.target.matches("img") && event.target.closest(".came-picture");
  if (!link) return;
  const note = document.createElement("p");
  note.className = "came-note";
  note.textContent = t("The file cannot be had.");
  link.replaceWith(note);
}
