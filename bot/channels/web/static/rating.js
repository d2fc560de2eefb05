/** Ask how it was, once, with stars that are radio buttons; whoever does not want to say is left alone. */

import { say } from "./words.js";

export function rating(form, send, settle) {
  const error = form.querySelector("[role=alert]");
  let declined = false;
  const close = () => {
    form.hidden = true;
    declined = true;
    settle();
  };

  form.querySelector("#rating-later").addEventListener("click", close);
  form.addEventListener("change", () => (error.textContent = ""));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const score = new FormData(form).get("score");
    if (!score) {
      error.textContent = say("Please choose one to five stars first.");
      form.querySelector("input").focus();
      return;
    }
    close();
    send(score);
  });

  /** Follow the state of the conversation: a new wish for a rating is a new question. */
  return (wanted) => {
    if (!wanted) declined = false;
    const shown = Boolean(wanted) && !declined;
    if (shown && form.hidden) form.reset();
    form.hidden = !shown;
    settle();
  };
}
