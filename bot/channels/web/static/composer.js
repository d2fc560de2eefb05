/** The field one writes in: grows with the words, sends on Enter, never in the middle of a composed character. */

import { forget, keep, recall } from "./shelf.js";
import { number, say } from "./words.js";

const LIMIT = 4000; // characters the assistant reads

export function composer(form, send) {
  const draft = form.querySelector("textarea");
  const hint = form.querySelector("[role=status]");

  const grow = () => {
    draft.style.height = "auto";
    draft.style.height = `${draft.scrollHeight + draft.offsetHeight - draft.clientHeight}px`;
  };
  const changed = () => {
    grow();
    const count = [...draft.value].length;
    const words = "Your message has {count} characters. The assistant reads the first {limit}; a person can read all of it.";
    const warning = count > LIMIT ? say(words, { count: number(count), limit: number(LIMIT) }) : "";
    if (hint.textContent !== warning) hint.textContent = warning;
    form.dataset.empty = String(draft.value.trim() === "");
    if (draft.value) keep("draft", draft.value);
    else forget("draft");
  };

  draft.addEventListener("input", changed);
  draft.addEventListener("keydown", (event) => {
    const composing = event.isComposing || event.keyCode === 229; // 229: Safari ends the composition before this key
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = draft.value.trim();
    draft.focus();
    if (!text) return;
    draft.value = "";
    changed();
    send(text);
  });

  draft.value = recall("draft") ?? "";
  changed();
}
