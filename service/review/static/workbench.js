// Spares the reader of the workbench the reloads. Without this script the page works as plain forms.

import { nameLanguage, wake } from "./ladder.js";

const compose = document.querySelector(".compose");
const form = compose.querySelector("form");
const text = form.elements.text;
const file = form.elements.file;
const go = form.querySelector(".go");
const count = form.querySelector(".count");
const attached = form.querySelector(".attached");
const progress = document.querySelector(".progress");
const what = progress.querySelector(".what");
const seconds = progress.querySelector(".seconds");

let running = null;
// The text that a file took the place of, as long as the file is the article.
let replaced = null;

// --- the article -----------------------------------------------------------

// What the service reads by itself; anything else is plain text.
const DOCUMENT = /\.(docx|html?|xhtml|md|markdown)$/i;

// A file is shown in the box but sent as it is: a box would change its line ends.
async function attach() {
  const chosen = file.files[0];
  if (!chosen) return detach();
  try {
    const content = DOCUMENT.test(chosen.name)
      ? ""
      : new TextDecoder("utf-8", { fatal: true }).decode(await chosen.arrayBuffer());
    replaced ??= text.value;
    text.value = content;
    attached.querySelector("span").textContent = `${chosen.name} is sent as it is, unless you edit it.`;
    attached.hidden = false;
    complain("file", "");
    complain("text", "");
  } catch {
    detach();
    complain("file", `${chosen.name} is no text in UTF-8; save it as plain text in UTF-8`);
  }
  measure();
}

function detach() {
  file.value = "";
  attached.hidden = true;
  replaced = null;
}

function remove() {
  text.value = replaced ?? text.value;
  detach();
  measure();
  text.focus();
}

function measure() {
  const limit = Number(text.dataset.limit);
  // Code points, as the service counts; `length` would count an emoji twice.
  let length = 0;
  for (const _ of text.value) length += 1;
  count.hidden = !length;
  count.textContent = `${length.toLocaleString("en")} of ${limit.toLocaleString("en")} characters`;
}

function sentences() {
  if (!Intl.Segmenter) return "";
  const language = form.elements.pair.selectedOptions[0]?.dataset.source;
  const segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
  let number = 0;
  for (const { segment } of segmenter.segment(text.value)) number += segment.trim() ? 1 : 0;
  return number === 1 ? " one sentence" : ` about ${number} sentences`;
}

// --- the translation -------------------------------------------------------

async function translate() {
  if (running) return;
  const body = new FormData(form);
  body.delete(replaced === null ? "file" : "text");
  running = new AbortController();
  const tick = begin();
  try {
    const response = await fetch(form.action, { method: "POST", body, signal: running.signal });
    adopt(new DOMParser().parseFromString(await response.text(), "text/html"), response.status);
  } catch (error) {
    const stopped = error.name === "AbortError";
    complain("", stopped ? "" : "The connection to the service was lost. Your text is still here: try again.");
  } finally {
    running = null;
    clearInterval(tick);
    progress.hidden = true;
    go.disabled = false;
  }
}

function begin() {
  const began = Date.now();
  const tell = () => {
    seconds.textContent = `${Math.round((Date.now() - began) / 1000)} s`;
  };
  for (const slot of form.querySelectorAll("[data-complaint]")) complain(slot.dataset.complaint, "");
  go.disabled = true;
  progress.hidden = false;
  what.textContent = `Translating${sentences()} …`;
  tell();
  return setInterval(tell, 1000);
}

function adopt(page, status) {
  const result = page.querySelector("#result");
  if (!result) {
    complain("", `The service could not answer (status ${status}). Your text is still here: try again.`);
    return;
  }
  document.title = page.title;
  for (const slot of page.querySelectorAll("[data-complaint]")) {
    complain(slot.dataset.complaint, slot.textContent.trim());
  }
  const ladder = result.querySelector(".ladder");
  if (!ladder) return;
  document.querySelector("#result").replaceWith(result);
  document.querySelector(".colophon").replaceWith(page.querySelector(".colophon"));
  wake(ladder);
  compose.open = false;
  result.focus({ preventScroll: true });
  compose.scrollIntoView({ block: "nearest" });
}

function complain(name, message) {
  const slot = form.querySelector(`[data-complaint="${name}"]`);
  if (slot.textContent.trim() !== message) slot.textContent = message;
  const control = form.querySelector(`[aria-describedby="complaint-${name}"]`);
  if (message) control?.setAttribute("aria-invalid", "true");
  else control?.removeAttribute("aria-invalid");
  if (message) {
    compose.open = true;
    control?.focus();
  }
}

// --- the page --------------------------------------------------------------

form.addEventListener("submit", (event) => {
  event.preventDefault();
  translate();
});
progress.querySelector("button").addEventListener("click", () => running?.abort());
file.addEventListener("change", attach);
attached.querySelector("button").addEventListener("click", remove);
text.addEventListener("input", () => {
  if (replaced !== null) detach();
  measure();
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  addEventListener(kind, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    compose.classList.toggle("over", kind === "dragover");
  });
}
addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  compose.open = true;
  file.files = event.dataTransfer.files;
  attach();
});

for (const option of form.elements.pair.options) {
  const names = ["source", "target"].map((side) => {
    const name = document.createElement("span");
    name.dataset.language = option.dataset[side];
    nameLanguage(name);
    return name.textContent || name.dataset.language;
  });
  option.textContent = names.join(" → ");
}
measure();
// A browser that reloads may keep the chosen file.
if (file.files.length) attach();
