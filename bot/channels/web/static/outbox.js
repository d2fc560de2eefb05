/** What the customer wrote and the server has not yet taken. Kept in the browser, sent in order, always under the same id,
 *  so that nothing is lost by a closed page and nothing is said twice by a second try. */

import { forget, keep, keys, recall } from "./shelf.js";
import { ask } from "./visitor.js";
import { language } from "./words.js";

const TRIES = 4;
const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
const slot = (id) => `outbox.${id}`;

export class Outbox extends EventTarget {
  #draining = false;
  #again = false;

  /** Everything waiting, oldest first. One key for each message: two open pages never overwrite each other's. */
  waiting() {
    return keys("outbox.").map(recall).filter(Boolean).sort((a, b) => a.order - b.order);
  }

  /** Take words and begin to send them. `shown` is what the bubble says when that differs from what is sent. */
  add(text, shown = text) {
    const now = new Date();
    const message = { id: newId(), text, shown, at: now.toISOString(), order: now.getTime(), refused: false };
    keep(slot(message.id), message);
    this.#tell(message, "sending");
    if (!this.#draining) this.drain(); // a round under way finds it by itself
    return message;
  }

  retry(id) {
    const message = recall(slot(id));
    if (!message) return;
    keep(slot(id), { ...message, refused: false });
    this.drain();
  }

  drop(id) {
    forget(slot(id));
  }

  /** Send what waits, one after the other. A call during sending (the line is back) makes one more round afterwards. */
  async drain() {
    if (this.#draining) {
      this.#again = true;
      return;
    }
    this.#draining = true;
    try {
      do {
        this.#again = false;
        await this.#round();
      } while (this.#again);
    } finally {
      this.#draining = false;
    }
  }

  async #round() {
    let message;
    while ((message = this.waiting().find(({ refused }) => !refused))) {
      if (!(await this.#send(message))) {
        for (const stuck of this.waiting()) if (!stuck.refused) this.#tell(stuck, navigator.onLine ? "failed" : "waiting");
        return;
      }
    }
  }

  /** Try a few times; tell whether the next message may follow. */
  async #send(message) {
    this.#tell(message, "sending");
    for (let attempt = 1; ; attempt += 1) {
      try {
        await ask("/messages", { body: { id: message.id, text: message.text, language } });
        this.drop(message.id);
        this.#tell(message, "sent");
        return true;
      } catch (error) {
        if (error.retryable === false) return this.#refuse(message);
        if (attempt === TRIES || !navigator.onLine) return false;
        await wait(Math.max(error.after ?? 0, 2 ** (attempt - 1)));
      }
    }
  }

  #refuse(message) {
    keep(slot(message.id), { ...message, refused: true });
    this.#tell(message, "refused");
    return true;
  }

  #tell(message, state) {
    this.dispatchEvent(new CustomEvent("change", { detail: { message, state } }));
  }
}

/** A random id; `crypto.randomUUID` exists only on https and localhost, a shop's intranet may have neither. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
