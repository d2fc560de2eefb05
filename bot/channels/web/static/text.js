/** Turn what people write into nodes. Everything is text; only plain web addresses become links. */

const ADDRESS = /https?:\/\/[^\s<>"'`\u3000-\u303f\uff00-\uffef\u4e00-\u9fff\u201c\u201d\u2018\u2019]+/gi;
// What is read as one piece: case and order numbers, Chinese and English dates with weekday and hour, "× 2".
const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const WHOLE = new RegExp(
  [
    String.raw`(?<![A-Za-z0-9])[A-Z]{1,3}\d{3,12}(?:-\d{1,6})?(?![A-Za-z0-9])`,
    String.raw`\d{1,2}月\d{1,2}[日号號]`,
    String.raw`(?:周|星期|週)[一二三四五六日天]`,
    String.raw`(?:${DAY} )?\d{1,2} ${MONTH}\b`,
    String.raw`\b\d{1,2}:\d{2}(?:[–-]\d{1,2}:\d{2})?\b`,
    String.raw`[×x] ?\d{1,4}\b`,
  ].join("|"),
  "g",
);
const POINT = /^[·•](?= )/gm;
const TRAILING = /[.,;:!?…)\]}]+$/;

export function richText(text) {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const link = linkTo(address);
    if (!link) continue;
    fragment.append(...unbroken(text.slice(end, match.index)), link);
    end = match.index + address.length;
  }
  fragment.append(...unbroken(text.slice(end)));
  return fragment;
}

/** Keep what is one piece on one line, and let the points of a list be seen; the text itself stays as it was typed. */
function* unbroken(text) {
  const found = [...mark(text, WHOLE, "whole"), ...mark(text, POINT, "point")].sort((a, b) => a.index - b.index);
  let end = 0;
  for (const { index, piece, className } of found) {
    yield text.slice(end, index);
    yield element("span", { className }, piece);
    end = index + piece.length;
  }
  yield text.slice(end);
}

const mark = (text, pattern, className) => [...text.matchAll(pattern)].map(({ index, 0: piece }) => ({ index, piece, className }));

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
