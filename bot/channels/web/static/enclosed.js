/** Show a file that a person sent: a picture as a picture, anything else as a link to save it. */

import { element } from "./text.js";
import { fileUrl } from "./visitor.js";
import { say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const SHEET = "M11.5 2.5H6A1.5 1.5 0 0 0 4.5 4v12A1.5 1.5 0 0 0 6 17.5h8a1.5 1.5 0 0 0 1.5-1.5V6.5zM11.5 2.5v4h4";

export function enclosed({ id, file }) {
  return file.is_picture ? picture(fileUrl(id), file) : link(fileUrl(id), file);
}

function picture(url, { name, size }) {
  const image = element("img", { className: "enclosed-image", alt: name || say("Picture"), loading: "lazy", decoding: "async" });
  const opener = element("a", { className: "enclosed-picture", href: url, target: "_blank", rel: "noopener" }, image);
  image.addEventListener("error", () => opener.replaceWith(link(url, { name, size })));
  image.src = url;
  return opener;
}

function link(url, { name, size }) {
  const label = element("span", { className: "enclosed-name" }, element("bdi", {}, name || say("File")));
  if (size) label.append(" ", element("span", { className: "enclosed-size" }, readableSize(size)));
  return element("a", { className: "enclosed-file", href: url, download: name || "" }, sheet(), label);
}

function sheet() {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", "0 0 20 20");
  icon.setAttribute("class", "icon");
  icon.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHEET);
  icon.append(path);
  return icon;
}

function readableSize(size) {
  if (size >= 1024 * 1024) return `${(size / 1024 / 1024).toFixed(1).replace(".0", "")} MB`;
  return size >= 1024 ? `${(size / 1024).toFixed(1).replace(".0", "")} KB` : `${size} B`;
}
