/** Where the reader is in the conversation: follow the newest words at the end, never pull a reader away from old ones. */

import { number, say } from "./words.js";

const NEAR = 80; // pixels from the end that still count as the end
const KEYBOARD = 0.6; // share of the screen below which a keyboard must have taken the rest

export class Place {
  #scroll;
  #pill;
  #isEmpty;
  #unread = 0;
  #unseen = 0;
  #following = true;
  #size = "";
  #title = document.title;

  /** `isEmpty` tells whether only the greeting is there, which is read from its beginning. */
  constructor(scroll, pill, isEmpty) {
    this.#scroll = scroll;
    this.#pill = pill;
    this.#isEmpty = isEmpty;
    scroll.addEventListener("scroll", () => this.#look(), { passive: true });
    pill.addEventListener("click", () => {
      this.toEnd();
      scroll.focus({ preventScroll: true });
    });
    new ResizeObserver(() => this.#turned() && this.settle()).observe(scroll);
    document.addEventListener("visibilitychange", () => !document.hidden && this.#countUnseen(0));
  }

  /** Stay at the end, or say that something new waits there. */
  arrived() {
    if (document.hidden) this.#countUnseen(this.#unseen + 1);
    if (this.#following) this.toEnd();
    else this.#countUnread(this.#unread + 1);
  }

  /** Keep the end in sight after a change that is not a message. */
  settle() {
    if (this.#following) this.toEnd();
  }

  toEnd() {
    this.#following = true;
    this.#scroll.scrollTop = this.#isEmpty() ? 0 : this.#scroll.scrollHeight;
    this.#countUnread(0);
  }

  #look() {
    if (this.#turned()) return this.settle(); // the page moved, not the reader
    const { scrollHeight, scrollTop, clientHeight } = this.#scroll;
    this.#following = this.#isEmpty() || scrollHeight - scrollTop - clientHeight < NEAR;
    this.#countUnread(this.#following ? 0 : this.#unread);
  }

  /** Tell whether the window has another size than when last looked at. */
  #turned() {
    const before = this.#size;
    this.#size = `${this.#scroll.clientWidth} × ${this.#scroll.clientHeight}`;
    return this.#size !== before;
  }

  #countUnread(count) {
    this.#unread = count;
    this.#pill.hidden = this.#following;
    this.#pill.dataset.unread = String(count > 0);
    this.#pill.textContent = count ? `↓ ${say("New messages")} ${number(count)}` : "↓";
    this.#pill.setAttribute("aria-label", count ? `${say("New messages")} ${number(count)}` : say("To the newest message"));
  }

  #countUnseen(count) {
    this.#unseen = count;
    document.title = count ? `(${number(count)}) ${this.#title}` : this.#title;
  }
}

/** Fit the page into what the keyboard of a phone leaves free, where the browser does not do it itself. */
export function fitKeyboard() {
  const seen = window.visualViewport;
  if (!seen) return;
  const fit = () => {
    if (Math.abs(seen.scale - 1) > 0.01) return; // the reader zoomed: leave the page alone
    const root = document.documentElement;
    root.style.setProperty("--seen-height", `${seen.height}px`);
    root.style.setProperty("--seen-top", `${seen.offsetTop}px`);
    root.dataset.keyboard = seen.height < KEYBOARD * screen.height ? "up" : "down";
  };
  seen.addEventListener("resize", fit);
  seen.addEventListener("scroll", fit);
  fit();
}
