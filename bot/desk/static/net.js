// Ask the desk for pieces of pages and for changes. Who is signed out is told so, once, where they are.
import { t } from "./words.js";

export class Refused extends Error {
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

export async function fetchPiece(url) {
  const answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (answer.status === 401) sayNotice(t("You are signed out."), true);
  if (!answer.ok) throw new Refused(answer.statusText, answer.status);
  const piece = document.createElement("template");
  piece.innerHTML = await answer.text(); // from our own templates, which escape every value
  return piece.content;
}

// Ask for a change with an object, sent as JSON, or with a form that brings a file.
export async function change(url, body = {}) {
  const isForm = body instanceof FormData;
  const headers = { Accept: "application/json", "X-CSRF-Token": document.querySelector("meta[name=csrf]").content };
  if (!isForm) headers["Content-Type"] = "application/json";
  const answer = await fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers,
    body: isForm ? body : JSON.stringify(body),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(told.error ?? answer.statusText, answer.status);
  return told;
}

export function sayNotice(words, signIn = false) {
  const notice = document.getElementById("notice");
  notice.textContent = words;
  notice.hidden = !words;
  if (!signIn) return;
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = t("Sign in again");
  notice.append(" ", link);
}
