// Keep the open conversation true: new messages, changed ones, who has it, what the record says.
import { change, fetchPiece } from "./net.js";
import { followToMine } from "./inbox.js";
import { prepareComposer, sayProblem } from "./composer.js";
import { goToQuoted, insert, replace, sayMissing } from "./message.js";
import { arrange, atEnd, lastId, toEnd } from "./scroll.js";
import { showTimes } from "./times.js";

const PAUSE_MS = 120;
const LONGEST_MS = 86_400_000;
const changed = new Set();
let column;
let planned;
let ending;
let wanted = { messages: false, state: false, profile: false };

export function followTalk() {
  column = document.getElementById("talk-column");
  if (!column) return null;
  arrange();
  prepareComposer(column, () => plan({ messages: true }));
  column.addEventListener("submit", act);
  column.addEventListener("click", goToQuoted);
  column.addEventListener("error", sayMissing, true);
  watchAllowance();
  return {
    hear: (line) => {
      if (line.conversation === column.dataset.conversation) hear(line);
      else if (line.customer === document.getElementById("profile").dataset.customer) plan({ profile: true });
    },
    resync: () => {
      for (const message of [...document.querySelectorAll("#talk .message")].slice(-80)) changed.add(message.dataset.id);
      plan({ messages: true, state: true, profile: true });
    },
  };
}

function hear(line) {
  if (!("message_id" in line)) return plan({ state: true, profile: true });
  changed.add(String(line.message_id));
  plan({ messages: true, state: document.getElementById("allowance") !== null }); // each message counts
}

function plan(pieces) {
  for (const name in pieces) wanted[name] ||= pieces[name];
  planned ??= setTimeout(() => {
    planned = undefined;
    refresh().catch(() => {});
  }, PAUSE_MS);
}

async function refresh() {
  const now = wanted;
  wanted = { messages: false, state: false, profile: false };
  const base = `/desk/conversations/${column.dataset.conversation}`;
  await Promise.all([
    now.messages && refreshMessages(base),
    now.state && refreshState(base),
    now.profile && refreshProfile(base),
  ]);
}

async function refreshMessages(base) {
  const ids = [...changed].slice(0, 100);
  ids.forEach((id) => changed.delete(id));
  const live = "follow" in column.dataset;
  const piece = await fetchPiece(`${base}/messages?after=${lastId()}&ids=${ids.join(",")}`).catch((error) => {
    ids.forEach((id) => changed.add(id)); // asked for again with the next change
    throw error;
  });
  showTimes(piece);
  const wasAtEnd = atEnd();
  let fresh = false;
  const last = lastId();
  for (const message of [...piece.querySelectorAll(".message")]) {
    const old = document.getElementById(message.id);
    if (old) replace(old, message);
    else if (live && Number(message.dataset.id) > last) {
      insert(message);
      fresh = true;
    }
  }
  arrange();
  if (fresh) toEnd(wasAtEnd);
}

async function refreshState(base) {
  const piece = await fetchPiece(`${base}/state`);
  showTimes(piece);
  document.getElementById("warnings").replaceWith(piece.getElementById("warnings"));
  watchAllowance();
  const fresh = piece.getElementById("standing");
  const old = document.getElementById("standing");
  const focused = old.contains(document.activeElement);
  old.replaceWith(fresh);
  const mine = "mine" in fresh.dataset;
  const composer = document.getElementById("composer");
  if (composer) {
    composer.hidden = !mine;
    const note = document.getElementById("foot-note");
    note.hidden = mine;
    note.textContent = fresh.dataset.note;
    if (focused) (mine ? document.getElementById("draft") : fresh.querySelector("button"))?.focus();
  }
}

// What a platform allows ends by the clock, without anybody's doing.
function watchAllowance() {
  clearTimeout(ending);
  const at = document.getElementById("allowance")?.dataset.changes;
  if (at) ending = setTimeout(() => plan({ state: true }), Math.min(Math.max(new Date(at) - Date.now(), 0) + 1_000, LONGEST_MS));
}

async function refreshProfile(base) {
  const fresh = (await fetchPiece(`${base}/profile`)).getElementById("profile");
  showTimes(fresh);
  document.getElementById("profile").replaceWith(fresh);
}

// Claim, hand back, close. What cannot be undone is asked twice, on the button itself.
async function act(event) {
  const form = event.target;
  if (!("act" in form.dataset)) return;
  event.preventDefault();
  const button = form.querySelector("button");
  if (form.dataset.ask && !form.dataset.asked) return askTwice(form, button);
  if (form.dataset.busy) return; // not disabled: a disabled button loses the focus
  form.dataset.busy = "yes";
  try {
    await change(form.action);
    if (form.action.endsWith("/claim")) followToMine();
    sayProblem("");
  } catch (error) {
    sayProblem(error.message);
  }
  delete form.dataset.busy;
  plan({ state: true, messages: true, profile: true });
}

function askTwice(form, button) {
  const words = button.textContent;
  form.dataset.asked = "yes";
  button.textContent = form.dataset.ask;
  button.classList.add("button-bad");
  setTimeout(() => {
    delete form.dataset.asked;
    button.textContent = words;
    button.classList.remove("button-bad");
  }, 4_000);
}
