/** Draw one message, and what became of it. */

import { enclosed } from "./enclosed.js";
import { element, richText } from "./text.js";
import { say, timeOf } from "./words.js";

const AUTHORS = { customer: "You", bot: "Assistant", person: "Customer service", system: "Notice" };
const FATES = {
  sending: ["", "Sending …"],
  sent: ["✓", "Sent"],
  waiting: ["…", "Waiting for the connection"],
  failed: ["!", "Not sent"],
  refused: ["!", "Not accepted"],
};

export const nameOf = ({ author, name }) => (author === "person" && name) || say(AUTHORS[author] ?? "Notice");

/** Make the bubble; its author is spoken for those who do not see on which side it hangs. */
export function bubble(message) {
  const at = new Date(message.at);
  const spoken = element("span", { className: "visually-hidden" }, say("{author}:", { author: nameOf(message) }) + " ");
  const said = [];
  if (message.file) said.push(enclosed(message));
  if (message.text || !message.file) said.push(element("p", { className: "bubble-text", dir: "auto" }, richText(message.text)));
  const time = element("time", { className: "bubble-time", dateTime: message.at }, timeOf(at));
  const foot = element("div", { className: "bubble-foot" }, time);
  return element("div", { className: "bubble", dataset: { author: message.author, at: message.at } }, spoken, ...said, foot);
}

/** Show the fate of an own message by sign and word; a failed one carries its remedies. */
export function showFate(node, state, { onRetry, onDiscard }) {
  const [sign, words] = FATES[state];
  const foot = node.querySelector(".bubble-foot");
  foot.querySelector(".fate")?.remove();
  node.dataset.fate = state;
  const shown = element("span", { className: "fate", dataset: { state } });
  const label = element("span", { className: state === "sent" ? "visually-hidden" : "fate-words" }, say(words));
  shown.append(element("span", { className: "fate-sign", ariaHidden: "true" }, sign), label);
  if (state === "failed" || state === "refused") {
    shown.append(action("Try again", onRetry));
    if (state === "refused") shown.append(action("Discard", onDiscard));
  }
  foot.append(shown);
}

const action = (words, onclick) => element("button", { type: "button", className: "fate-action", onclick }, say(words));
