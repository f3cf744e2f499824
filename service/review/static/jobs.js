// Keeps the pages of jobs up to date, and takes in dropped files.
// Without this script the pages work by reloading them.

import { say } from "./texts.js";

// In milliseconds: between two looks, and where no event says that there is something to see.
const BRIEF = 700;
const PATIENT = 4000;
const KINDS = [
  "created", "started", "progress", "article_failed", "paused", "resumed", "retried", "cancelled", "finished",
];
const said = document.querySelector(".said");
let looking = false;
let again = false;
let source = null;

// --- what the service says ---------------------------------------------------

async function look() {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (response.ok) adopt(new DOMParser().parseFromString(await response.text(), "text/html"));
    else tell(say(response.status === 401 ? "signed-out" : "lost"));
  } catch {
    tell(say("lost"));
  }
  setTimeout(() => {
    looking = false;
    if (again) look();
    again = false;
  }, BRIEF);
}

// The server has written the page; only what is different takes the place of what was there.
function adopt(page) {
  const focused = document.activeElement?.id;
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (fresh && fresh.outerHTML !== part.outerHTML) part.replaceWith(fresh);
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
  announce(page.querySelector(".said"));
  if (!lively()) rest();
}

function announce(fresh) {
  if (!said || !fresh) return;
  const changed = fresh.dataset.state !== said.dataset.state;
  said.dataset.state = fresh.dataset.state;
  tell(changed ? document.querySelector("[data-part=progress] p").textContent.trim() : "");
}

function tell(message) {
  if (said && said.textContent !== message) said.textContent = message;
}

// --- when to look ------------------------------------------------------------

function lively() {
  return document.querySelector("[data-lively]");
}

function listen(id) {
  source = new EventSource(`/v1/jobs/${id}/events`);
  for (const kind of KINDS) source.addEventListener(kind, look);
  source.addEventListener("message", look);
}

function rest() {
  source?.close();
  source = null;
}

if (lively()?.dataset.lively) listen(lively().dataset.lively);
setInterval(() => {
  // Events need no second way, as long as they come.
  if (lively() && source?.readyState !== EventSource.OPEN && !document.hidden) look();
}, PATIENT);

// --- a new job ---------------------------------------------------------------

const form = document.querySelector(".new-job form");

function count() {
  const number = form.elements.files.files.length;
  document.querySelector("#chosen").textContent = number ? say("chosen", { n: number }) : "";
}

if (form) {
  for (const kind of ["dragover", "dragleave", "drop"]) {
    addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      document.body.classList.toggle("over", kind === "dragover");
      if (kind !== "drop" || !event.dataTransfer.files.length) return;
      form.closest("details").open = true;
      form.elements.files.files = event.dataTransfer.files;
      count();
      form.querySelector(".go").focus();
    });
  }
  form.elements.files.addEventListener("change", count);
  form.addEventListener("submit", () => {
    form.querySelector(".sending").textContent = say("sending");
  });
  addEventListener("pageshow", () => {
    form.querySelector(".sending").textContent = "";
    count();
  });
}
