/** Who is answering: the assistant, a person on the way, a person by name, nobody any more. */

import { say } from "./words.js";

const SENTENCES = {
  bot: "Our assistant",
  waiting: "A person has been called. Keep writing, they will read everything.",
  person: "A person is with you",
  closed: "This conversation is finished. Write whenever you need us.",
};

export function showOwner(sign, askPerson, { owner, agent }) {
  if (!Object.hasOwn(SENTENCES, owner)) return;
  const sentence = owner === "person" && agent ? say("{name} is with you", { name: agent }) : say(SENTENCES[owner]);
  if (sign.textContent !== sentence) sign.textContent = sentence;
  sign.dataset.owner = owner;
  document.body.dataset.owner = owner;
  const called = owner === "waiting" || owner === "person";
  askPerson.disabled = called;
  askPerson.querySelector("[data-label]").textContent = say(called ? "Called" : "Talk to a person");
}
