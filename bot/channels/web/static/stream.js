/** Listen to the server without a gap: the browser resumes by itself, and where it gives up we begin again after the last
 *  message seen. */

import { eventsUrl, visitor } from "./visitor.js";

const SLOWEST = 30; // seconds between two tries
const ASLEEP = 30_000; // milliseconds out of sight after which a connection may be dead without saying so

export class Stream extends EventTarget {
  #source = null;
  #timer = null;
  #tries = 0;
  #hiddenAt = 0;

  constructor(lastId) {
    super();
    this.lastId = lastId;
    addEventListener("online", () => this.open());
    addEventListener("offline", () => this.#tell("connection", "offline"));
    document.addEventListener("visibilitychange", () => this.#wake());
  }

  async open() {
    this.#close();
    let token;
    try {
      token = await visitor();
    } catch {
      return this.#later();
    }
    this.#close(); // a second call may have opened one meanwhile
    const source = new EventSource(eventsUrl(token, this.lastId));
    this.#source = source;
    source.onopen = () => {
      this.#tries = 0;
      this.#tell("connection", "open");
    };
    source.onerror = () => this.#broken(source);
    for (const name of ["message", "typing", "state"]) source.addEventListener(name, (event) => this.#heard(name, event));
  }

  #heard(name, event) {
    if (event.lastEventId) this.lastId = event.lastEventId;
    this.#tell(name, JSON.parse(event.data));
  }

  /** A lost line is resumed by the browser; a refused one (401, 503) is ours to begin again. */
  #broken(source) {
    this.#tell("connection", navigator.onLine ? "reconnecting" : "offline");
    if (source.readyState === EventSource.CLOSED && source === this.#source) this.#later();
  }

  #later() {
    this.#close();
    this.#tell("connection", navigator.onLine ? "reconnecting" : "offline");
    const seconds = Math.min(SLOWEST, 2 ** this.#tries) * (0.75 + Math.random() / 2);
    this.#tries += 1;
    this.#timer = setTimeout(() => {
      this.#tell("refused"); // lets the page renew its visitor before the next try
      this.open();
    }, seconds * 1000);
  }

  #wake() {
    if (document.hidden) this.#hiddenAt = Date.now();
    else if (Date.now() - this.#hiddenAt > ASLEEP) this.open();
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
