/** The conversation on the screen: days, groups of one author, bubbles; each message once. */

import { bubble, nameOf, showFate } from "./bubble.js";
import { element } from "./text.js";
import { dayOf, say } from "./words.js";

const TOGETHER = 5 * 60_000; // milliseconds within which bubbles of one author hang together

export class Log {
  #node;
  #byId = new Map();
  #lastDay = "";
  #group = null;
  #choices = null;

  constructor(node) {
    this.#node = node;
  }

  get isEmpty() {
    return this.#byId.size === 0;
  }

  /** Add a message at the end unless it is there already; tell whether it was new. */
  add(message) {
    const id = message.client_id ?? message.id;
    if (this.#byId.has(id)) return false;
    this.#startDay(new Date(message.at));
    const node = bubble(message);
    this.#groupFor(message).append(node);
    this.#byId.set(id, node);
    return true;
  }

  /** Begin on an empty screen. */
  clear() {
    this.#node.replaceChildren();
    this.#byId.clear();
    this.#lastDay = "";
    this.#group = this.#choices = null;
  }

  /** Show a fate of an own message, if it is on the screen. */
  mark(id, state, remedies) {
    const node = this.#byId.get(id);
    if (node) showFate(node, state, remedies);
  }

  remove(id) {
    const node = this.#byId.get(id);
    const group = node?.closest(".group");
    node?.remove();
    this.#byId.delete(id);
    if (group && !group.querySelector(".bubble")) group.remove();
    if (group === this.#group) this.#group = null;
  }

  /** Offer replies at the end. A later message of the same turn moves them down; new ones, or an answer, replace them. */
  offer(buttons, choose) {
    if (buttons?.length) {
      this.withdraw();
      const chip = (button) => element("button", { type: "button", className: "button chip", onclick: () => choose(button) }, button.title);
      this.#choices = element("ul", { className: "chips choices" }, ...buttons.map((button) => element("li", {}, chip(button))));
    }
    if (this.#choices) this.#node.append(this.#choices);
  }

  withdraw() {
    this.#choices?.remove();
    this.#choices = null;
  }

  /** Draw many messages without having them all read aloud. */
  quietly(draw) {
    this.#node.setAttribute("aria-busy", "true");
    draw();
    requestAnimationFrame(() => this.#node.setAttribute("aria-busy", "false"));
  }

  #startDay(at) {
    const day = at.toDateString();
    if (day === this.#lastDay) return;
    this.#lastDay = day;
    this.#group = null;
    this.#node.append(element("p", { className: "day" }, element("span", {}, dayOf(at))));
  }

  #groupFor(message) {
    const { author, name = "" } = message;
    const at = new Date(message.at).getTime();
    const last = this.#group?.lastElementChild;
    const near = last && Math.abs(at - new Date(last.dataset.at).getTime()) < TOGETHER;
    if (near && this.#group.dataset.author === author && this.#group.dataset.name === name) return this.#group;
    this.#group = element("div", { className: "group", dataset: { author, name } });
    if (author === "bot" || author === "person") {
      this.#group.append(element("p", { className: "group-name", ariaHidden: "true" }, nameOf(message)));
    }
    this.#node.append(this.#group);
    return this.#group;
  }
}

/** Show or hide the dots that say someone is typing; they go by themselves when the end of typing gets lost. */
export function typingSign(node) {
  let timer = null;
  return (author, on) => {
    clearTimeout(timer);
    node.hidden = !on;
    node.dataset.author = author;
    node.firstElementChild.textContent = say("{author} is typing", { author: nameOf({ author }) });
    if (on) timer = setTimeout(() => (node.hidden = true), 30_000);
  };
}
