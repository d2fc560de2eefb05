// The desk in the browser: every page works without this, and lives with it.
import { follow } from "./feed.js";
import { followInbox } from "./inbox.js";
import { openMenu } from "./menu.js";
import { followTalk } from "./talk.js";
import { showTimes } from "./times.js";

showTimes(document);
openMenu();
setInterval(() => showTimes(document, "wait"), 20_000);
if ("live" in document.body.dataset) {
  const listeners = [followInbox(), followTalk()].filter(Boolean);
  if (listeners.length) follow(listeners);
}
