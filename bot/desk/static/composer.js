// Write to the customer. A draft outlives a reload, and one submission is one message, however often it is sent.
import { prepareEnclosure } from "./enclosure.js";
import { Refused, change } from "./net.js";
import { t } from "./words.js";

const LONGEST = 4_000;
const NEAR = 3_500;

export function prepareComposer(column, sent) {
  const form = document.getElementById("composer");
  if (!form) return;
  const draft = document.getElementById("draft");
  const place = `draft:${column.dataset.conversation}`;
  const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
  let key = kept?.key ?? newKey();
  draft.value = kept?.text || draft.value;
  const enclosure = prepareEnclosure(column, form, sayProblem, () => {
    key = newKey(); // with another file it is another message
    sessionStorage.setItem(place, JSON.stringify({ text: draft.value, key }));
  });
  showLength(draft);
  draft.addEventListener("input", () => {
    key = newKey(); // other words are another message
    sessionStorage.setItem(place, JSON.stringify({ text: draft.value, key }));
    showLength(draft);
  });
  draft.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  let sending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    const text = draft.value;
    const sentKey = key;
    const file = enclosure?.file;
    form.setAttribute("aria-busy", "true");
    try {
      await change(form.action, file ? together(text, sentKey, file) : { text, key: sentKey });
      if (key === sentKey) {
        draft.value = "";
        enclosure?.clear();
        sessionStorage.removeItem(place);
        key = newKey();
      }
      sayProblem("");
      sent();
    } catch (error) {
      sayProblem(error instanceof Refused ? error.message : t("Not sent. Check your connection and send again."));
    }
    sending = false;
    form.removeAttribute("aria-busy");
    showLength(draft);
    draft.focus();
  });
}

export function sayProblem(words) {
  const problem = document.getElementById("problem");
  problem.textContent = words;
  problem.hidden = !words;
}

function together(text, key, file) {
  const form = new FormData();
  form.append("key", key);
  form.append("text", text);
  form.append("file", file, file.name);
  return form;
}

function showLength(draft) {
  const length = [...draft.value.trim()].length;
  const shown = document.getElementById("draft-length");
  shown.textContent = length > NEAR ? `${length} / ${LONGEST}` : "";
  draft.setAttribute("aria-invalid", String(length > LONGEST));
  document.getElementById("draft-hint").hidden = length > NEAR;
}

// A random name for one submission; getRandomValues works without https too.
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
