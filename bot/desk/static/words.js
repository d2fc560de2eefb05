// The words a script needs, sent with the page in the language of the reader.
const known = JSON.parse(document.body.dataset.words ?? "{}");

export function t(msgid, values = {}) {
  return (known[msgid] ?? msgid).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
