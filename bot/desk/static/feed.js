// Follow what happens. One tab of the browser holds the stream and tells the others: a browser opens only six
// connections to a host, and an agent has many tabs.
import { sayNotice } from "./net.js";
import { t } from "./words.js";

const PATIENCE_MS = 4_000;
let reached = Number(document.body.dataset.seq ?? NaN);

export function follow(listeners) {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("tingjian-desk") : null;
  const hear = (line) => {
    if (line.seq && line.seq <= reached) return;
    if (line.seq) reached = line.seq;
    for (const listener of listeners) line.resync ? listener.resync() : listener.hear(line);
  };
  if (!channel || !navigator.locks) return open(hear, () => {});
  channel.addEventListener("message", (event) => hear(event.data));
  let leading = false;
  navigator.locks.request("tingjian-desk", () => {
    leading = true;
    open(hear, (line) => channel.postMessage(line));
    return new Promise(() => {}); // held until the tab goes
  });
  // Another tab has the stream: what it told before this one listened is fetched once.
  setTimeout(() => leading || listeners.forEach((listener) => listener.resync()), 300);
}

function open(hear, tell) {
  let worried;
  const stream = new EventSource(`/desk/events${Number.isFinite(reached) ? `?after=${reached}` : ""}`);
  const pass = (line) => {
    tell(line);
    hear(line);
  };
  stream.addEventListener("change", (event) => pass({ ...JSON.parse(event.data), seq: Number(event.lastEventId) }));
  stream.addEventListener("resync", (event) => pass({ resync: true, seq: Number(event.lastEventId) }));
  stream.addEventListener("signed-out", () => {
    stream.close();
    sayNotice(t("You are signed out."), true);
  });
  stream.addEventListener("open", () => {
    clearTimeout(worried);
    worried = undefined;
    sayNotice("");
  });
  stream.addEventListener("error", () => {
    worried ??= setTimeout(() => sayNotice(t("Connection lost. Trying again …")), PATIENCE_MS);
    if (stream.readyState !== EventSource.CLOSED) return;
    setTimeout(() => openAgain(hear, tell), PATIENCE_MS);
  });
}

// The browser gives up when it is refused. A session that has ended is said; anything else is tried again.
async function openAgain(hear, tell) {
  const door = await fetch("/desk/sign-in", { redirect: "manual" }).catch(() => null);
  if (door?.ok) return sayNotice(t("You are signed out."), true); // whoever is signed in is sent on from there
  open(hear, tell);
}
