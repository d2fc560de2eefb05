// Where the reader is in a conversation: days between messages, and the end that follows while one stands at it.
import { dayName } from "./times.js";

const scroll = document.getElementById("scroll");
const newer = document.getElementById("newer");
let arranged = false;
let following = true;
let size = "";

export function lastId() {
  return Math.max(0, ...[...document.querySelectorAll("#talk .message")].map((message) => Number(message.dataset.id)));
}

export function atEnd() {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
}

export function toEnd(wasAtEnd) {
  following = wasAtEnd;
  if (wasAtEnd) scroll.scrollTop = scroll.scrollHeight;
  newer.hidden = wasAtEnd;
}

export function arrange() {
  markDays();
  if (arranged) return;
  arranged = true;
  if (location.hash.startsWith("#m")) document.querySelector(":target")?.scrollIntoView({ block: "center" });
  else scroll.scrollTop = scroll.scrollHeight;
  following = atEnd();
  turned();
  scroll.addEventListener("scroll", look);
  newer.addEventListener("click", () => toEnd(true));
  document.getElementById("talk").addEventListener("load", stay, true); // a picture has come and taken its room
  new ResizeObserver(() => turned() && stay()).observe(scroll); // a keyboard comes up, a composer grows: the end stays in sight
}

function look() {
  if (turned()) return stay(); // the page moved, not the reader
  following = atEnd();
  if (following) newer.hidden = true;
}

// Whether the window has another size than when last looked at.
function turned() {
  const before = size;
  size = `${scroll.clientWidth} × ${scroll.clientHeight}`;
  return size !== before;
}

function stay() {
  if (following) scroll.scrollTop = scroll.scrollHeight;
}

function markDays() {
  for (const old of document.querySelectorAll("#talk .day")) old.remove();
  let before;
  for (const message of document.querySelectorAll("#talk .message")) {
    const name = dayName(new Date(message.dataset.at));
    if (name === before) continue;
    before = name;
    const line = document.createElement("li");
    line.className = "day";
    line.textContent = name;
    message.before(line);
  }
}
