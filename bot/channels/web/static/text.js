/** Turn what people write into nodes. Everything is text; only plain web addresses become links. */

const ADDRESS = /https?:\/\/[^\s<>"'`\u3000-\u303f\uff00-\uffef\u4e00-\u9fff\u201c\u201d\u2018\u2019]+/gi;
const TRAILING = /[.,;:!?…)\]}]+$/;

export function richText(text) {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const link = linkTo(address);
    if (!link) continue;
    fragment.append(text.slice(end, match.index), link);
    end = match.index + address.length;
  }
  fragment.append(text.slice(end));
  return fragment;
}

/** Leave the full stop of the sentence out of the address, but keep a bracket that belongs to it. */
function trimmed(address) {
  const tail = TRAILING.exec(address)?.[0] ?? "";
  const bare = address.slice(0, address.length - tail.length);
  return tail.startsWith(")") && bare.includes("(") ? `${bare})` : bare;
}

function linkTo(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  return element("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, address);
}

/** Make an element with properties and children; a string child is always text. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  const { dataset, ...rest } = properties;
  Object.assign(made, rest);
  Object.assign(made.dataset, dataset);
  made.append(...children);
  return made;
}
