/** The web chat: what is on the page, and who tells whom. Each neighbour does one thing; only this file knows them all. */

import { composer } from "./composer.js";
import { connectionBar } from "./connection.js";
import { Log, typingSign } from "./log.js";
import { Outbox } from "./outbox.js";
import { showOwner } from "./owner.js";
import { fitKeyboard, Place } from "./place.js";
import { rating } from "./rating.js";
import { Stream } from "./stream.js";
import { otherTabs } from "./tabs.js";
import { ask } from "./visitor.js";
import { say } from "./words.js";

const find = (id) => document.getElementById(id);

const log = new Log(find("log"));
const outbox = new Outbox();
const place = new Place(find("scroll"), find("newer"), () => log.isEmpty);
const showTyping = typingSign(find("typing"));
const showConnection = connectionBar(find("connection"));
const askRating = rating(find("rating"), rate, () => place.settle());
const tellOthers = otherTabs((told) => (drawn ? hearOther(told) : early.push(told)));
const early = []; // what other pages told before the history was there
let drawn = false; // whether the history is on the screen

/** Put the focus where reading or writing goes on; on a phone that must not raise the keyboard. */
const refocus = () => (matchMedia("(pointer: fine)").matches ? find("draft") : find("scroll")).focus({ preventScroll: true });

/** Say something as the customer; `shown` is what the bubble says when that differs from what is sent. */
function send(text, shown) {
  outbox.add(text, shown);
  place.toEnd();
}

function tap(text, shown) {
  send(text, shown);
  refocus();
}

/** A rating travels as the bare digit, which needs no language to be understood. */
function rate(score) {
  tap(score, `${"★".repeat(Number(score))} ${score}`);
}

const choose = ({ title, payload }) => tap(payload || title, title);

function showState(state) {
  showOwner(find("owner"), find("ask-person"), state);
  if (state.owner !== "bot") log.withdraw();
  askRating(state.rating);
}

/** Put one message on the screen, from wherever it comes; tell whether it was new. */
function show(message) {
  if (!log.add(message)) return false;
  find("welcome").hidden = true;
  if (message.author === "customer") log.withdraw();
  else log.offer(message.buttons, choose);
  return true;
}

function showMessage(message) {
  if (!show(message)) return;
  if (message.author === "customer") log.mark(message.client_id ?? message.id, "sent", {});
  else showTyping(message.author, false);
  place.arrived();
}

function showFate({ message, state }) {
  show({ ...message, author: "customer", text: message.shown });
  log.mark(message.id, state, {
    onRetry: () => (outbox.retry(message.id), refocus()),
    onDiscard: () => (outbox.drop(message.id), log.remove(message.id), tellOthers({ discarded: message.id }), refocus()),
  });
  place.settle();
}

/** Show what was written on another page of this visitor, and what became of it. */
function hearOther({ fate, discarded }) {
  if (fate) showFate(fate);
  else log.remove(discarded);
}

/** Draw what the server has kept, then what only this browser has. Called again, it adds what was missed. */
async function refresh() {
  const { items, state, last_event_id: lastId } = await ask("/history");
  log.quietly(() => {
    if (!drawn) log.clear();
    drawn = true;
    for (const item of items) {
      if (item.client_id) outbox.drop(item.client_id);
      if (show(item) && item.author === "customer") log.mark(item.client_id ?? item.id, "sent", {});
    }
    for (const message of outbox.waiting()) showFate({ message, state: message.refused ? "refused" : "sending" });
    early.splice(0).forEach(hearOther);
  });
  find("welcome").hidden = !log.isEmpty;
  showState(state);
  return lastId;
}

function listen(lastId) {
  const stream = new Stream(lastId);
  const on = (name, act) => stream.addEventListener(name, ({ detail }) => act(detail));
  on("message", showMessage);
  on("typing", ({ author, on: typing }) => (showTyping(author, typing), place.settle()));
  on("state", showState);
  on("refused", () => refresh().catch(() => {}));
  on("connection", (state) => {
    showConnection(state);
    if (state === "open") outbox.drain();
  });
  stream.open();
}

/** Begin, and begin again until the server answers; what is written meanwhile waits in the outbox. */
async function begin(tries = 0) {
  try {
    const lastId = await refresh();
    place.toEnd();
    showConnection("open");
    listen(lastId);
  } catch {
    find("welcome").hidden = !log.isEmpty;
    showConnection(navigator.onLine ? "reconnecting" : "offline");
    setTimeout(() => begin(tries + 1), Math.min(30, 2 ** tries) * 1000);
  }
}

outbox.addEventListener("change", ({ detail }) => (showFate(detail), tellOthers({ fate: detail })));
composer(find("composer"), (text) => send(text));
find("ask-person").addEventListener("click", () => tap(say("I would like to talk to a person.")));
find("starters").addEventListener("click", ({ target }) => {
  if (target.matches("button")) tap(target.textContent);
});
find("log").addEventListener("load", () => place.settle(), true); // a picture has come and taken its room
fitKeyboard();
begin();
