// Keep the list and the number of waiting customers true, and say when somebody new waits.
import { fetchPiece } from "./net.js";
import { showTimes } from "./times.js";
import { t } from "./words.js";

const title = document.title;
const PAUSE_MS = 400;
let waiting;
let planned;

export function followInbox() {
  if (!("agent" in document.body.dataset)) return null;
  const list = document.getElementById("list");
  if (list) count(Number(list.dataset.waiting));
  else refresh();
  return { hear: (line) => (line.kind === "message" || line.kind === "owner") && plan(), resync: plan };
}

// Who claims a conversation sees it move to their own, not out of sight.
export function followToMine() {
  const list = document.getElementById("list");
  const address = list?.dataset.address ?? "";
  if (!list || !/^tab=waiting\b/.test(address)) return;
  list.dataset.address = "tab=mine";
  const back = document.getElementById("back");
  if (back) back.href = "/desk/?tab=mine";
  history.replaceState(null, "", `${location.pathname}?tab=mine${location.hash}`);
  plan();
}

function plan() {
  planned ??= setTimeout(() => {
    planned = undefined;
    refresh().catch(() => {});
  }, PAUSE_MS);
}

async function refresh() {
  const list = document.getElementById("list");
  const open = document.getElementById("talk-column")?.dataset.conversation;
  const address = list?.dataset.address ?? "tab=waiting&limit=1";
  const piece = await fetchPiece(`/desk/list?${address}${open ? `&open=${open}` : ""}`);
  const fresh = piece.getElementById("list");
  count(Number(fresh.dataset.waiting));
  if (list) replace(list, fresh);
}

// The focus and the scroll stay where they were, also when the row has moved.
function replace(list, fresh) {
  showTimes(fresh);
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.dataset.conversation;
  const href = focused?.getAttribute("href");
  const rows = list.querySelector(".rows").scrollTop;
  list.replaceWith(fresh);
  fresh.querySelector(".rows").scrollTop = rows;
  if (key) fresh.querySelector(`[data-conversation="${key}"]`)?.focus({ preventScroll: true });
  else if (href) fresh.querySelector(`[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
}

function count(now) {
  document.title = now ? `(${now}) ${title}` : title;
  const badge = document.getElementById("waiting-count");
  if (badge) {
    badge.textContent = now;
    badge.hidden = !now;
  }
  if (waiting !== undefined && now > waiting) announce(now);
  const toast = document.getElementById("toast");
  toast.classList.toggle("visually-hidden", seesWaiting()); // where the list shows it, it is only spoken
  if (!now) toast.replaceChildren();
  waiting = now;
}

function seesWaiting() {
  const list = document.getElementById("list");
  return Boolean(list?.offsetParent) && /^tab=waiting(?!.*cursor)/.test(list.dataset.address);
}

function announce(now) {
  const toast = document.getElementById("toast");
  const link = document.createElement("a");
  link.href = "/desk/?tab=waiting";
  link.textContent = now === 1 ? t("One customer is waiting.") : t("{count} customers are waiting.", { count: now });
  toast.replaceChildren(link);
  setTimeout(() => link.remove(), 10_000);
}
