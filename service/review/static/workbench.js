// Spares the reader of the workbench the reloads. Without this script the page works as plain forms.

import { wake } from "./ladder.js";
import { say } from "./texts.js";
import { takeToken, token } from "./token.js";

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
    attached.querySelector("span").textContent = say("attached", { name: chosen.name });
    attached.hidden = false;
    complain("file", "");
    complain("text", "");
  } catch {
    detach();
    complain("file", say("unreadable", { name: chosen.name }));
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
  count.textContent = say("count", { length, limit });
}

function whatIsDone() {
  if (!Intl.Segmenter) return say("translating");
  const language = form.elements.pair.selectedOptions[0]?.dataset.source;
  const segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
  let number = 0;
  for (const { segment } of segmenter.segment(text.value)) number += segment.trim() ? 1 : 0;
  return say("sentences", { n: number });
}

// --- the translation -------------------------------------------------------

async function translate() {
  if (running) return;
  const body = new FormData(form);
  body.delete(replaced === null ? "file" : "text");
  running = new AbortController();
  const tick = begin();
  try {
    let response = await post(body);
    if (response.status === 403) {
      // Perhaps they have signed in again on another tab.
      takeToken(parsed(await (await fetch(form.action)).text()));
      response = await post(body);
    }
    adopt(parsed(await response.text()), response.status);
  } catch (error) {
    complain("", error.name === "AbortError" ? "" : say("lost"));
  } finally {
    running = null;
    clearInterval(tick);
    progress.hidden = true;
    go.disabled = false;
  }
}

const post = (body) =>
  fetch(form.action, { method: "POST", body, headers: { "X-CSRF-Token": token() }, signal: running.signal });
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

function begin() {
  const began = Date.now();
  const tell = () => {
    seconds.textContent = `${Math.round((Date.now() - began) / 1000)} s`;
  };
  for (const slot of form.querySelectorAll("[data-complaint]")) complain(slot.dataset.complaint, "");
  go.disabled = true;
  progress.hidden = false;
  what.textContent = whatIsDone();
  tell();
  return setInterval(tell, 1000);
}

function adopt(page, status) {
  const result = page.querySelector("#result");
  if (!result) {
    complain("", status === 401 ? say("signed-out") : say("failed", { status }));
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

measure();
// A browser that reloads may keep the chosen file.
if (file.files.length) attach();
