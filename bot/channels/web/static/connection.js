/** The bar that tells of a lost connection, after a moment's grace, and of its return. */

import { say } from "./words.js";

const GRACE = 1500; // milliseconds a break may last unmentioned
const FAREWELL = 2500;

export function connectionBar(bar) {
  let timer = null;
  const show = (state, words) => {
    bar.dataset.state = state;
    bar.textContent = words;
  };
  const clear = () => show("", "");

  return (state) => {
    clearTimeout(timer);
    if (state === "offline") return show("offline", say("You are offline. What you write is kept here and sent later."));
    if (state === "reconnecting") {
      timer = setTimeout(() => show("reconnecting", say("Reconnecting …")), bar.dataset.state ? 0 : GRACE);
      return undefined;
    }
    if (!bar.dataset.state) return undefined;
    show("open", say("Connected again."));
    timer = setTimeout(clear, FAREWELL);
    return undefined;
  };
}
