// The file that goes along with a reply: chosen, dropped or pasted, shown before it is sent, taken away again.
import { t } from "./words.js";

const LARGEST = 20 * 1024 * 1024;
const LOOK = 48;

export function prepareEnclosure(column, form, sayProblem, changed) {
  const input = document.getElementById("file");
  if (!input) return null;
  let file = null;
  const put = (chosen) => {
    file = chosen;
    input.value = "";
    draw(file);
    changed();
  };
  const take = (files) => {
    const [chosen] = files;
    if (!chosen) return;
    if (files.length > 1) return sayProblem(t("One file at a time."));
    if (!chosen.size) return sayProblem(t("This file is empty."));
    if (chosen.size > LARGEST) return sayProblem(t("This file is larger than 20 MB."));
    sayProblem("");
    put(chosen);
    document.getElementById("draft").focus();
  };
  input.addEventListener("change", () => take([...input.files]));
  document.getElementById("draft").addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    take([...event.clipboardData.files]);
  });
  document.getElementById("enclosed-away").addEventListener("click", () => {
    put(null);
    input.focus();
  });
  letDrop(column, form, take);
  take([...input.files]); // chosen before this was there to see it
  return {
    get file() {
      return file;
    },
    clear: () => ((file = null), draw(null)),
  };
}

// Only files are caught, and only while one may write here: dropped words go where they always go.
function letDrop(column, form, take) {
  const isFile = (event) => event.dataTransfer?.types.includes("Files");
  column.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault(); // else the browser would leave the page and open the file
    form.dataset.drop = form.hidden ? "" : t("Drop the file here");
  });
  column.addEventListener("dragleave", (event) => {
    if (!column.contains(event.relatedTarget)) delete form.dataset.drop;
  });
  column.addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    delete form.dataset.drop;
    if (!form.hidden) take([...event.dataTransfer.files]);
  });
}

function draw(file) {
  document.getElementById("enclosed").hidden = !file;
  document.getElementById("enclosed-look").replaceChildren();
  document.getElementById("enclosed-name").textContent = file?.name ?? "";
  document.getElementById("enclosed-size").textContent = file ? readableSize(file.size) : "";
  if (file?.type.startsWith("image/")) drawLook(file);
}

// Drawn onto a canvas: the page allows no pictures but our own.
async function drawLook(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return;
  const canvas = document.createElement("canvas");
  const side = Math.min(picture.width, picture.height);
  canvas.width = canvas.height = LOOK * 2;
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  canvas.getContext("2d").drawImage(picture, left, top, side, side, 0, 0, LOOK * 2, LOOK * 2);
  document.getElementById("enclosed-look").replaceChildren(canvas);
}

function readableSize(size) {
  if (size >= 1024 * 1024) return `${(size / 1024 / 1024).toFixed(1).replace(".0", "")} MB`;
  return size >= 1024 ? `${(size / 1024).toFixed(1).replace(".0", "")} KB` : `${size} B`;
}
