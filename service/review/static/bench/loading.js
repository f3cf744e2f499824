// Fetches rungs: with their words as a reader comes near, and again after a change.

import { stopAt } from "./choosing.js";
import { bench, current, documentId, numberOf, rungOf, tell, texts, wordAt } from "./page.js";
import { ask } from "./service.js";

// In pixels: how far away a stretch of rungs is when its words are fetched.
const NEAR = "1500px 0px";

const filling = new Map();
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) fill(target).catch(() => {});
  },
  { rootMargin: NEAR },
);

export function watch() {
  for (const stretch of texts.querySelectorAll("[data-plain]")) observer.observe(stretch);
}

// One rung as it is now, with its words.
export const refresh = (number) => fetchRungs(number, number);

// The words of the stretch that a rung is in, if they are not there yet.
export const withWords = (number) => fill(rungOf(number).parentElement);

// What is read as plain text for want of a connection is read all the same; coming near again tries again.
function fill(stretch) {
  if (!("plain" in stretch.dataset)) return Promise.resolve();
  if (!filling.has(stretch)) {
    const { first, last } = stretch.dataset;
    const filled = fetchRungs(first, last).then(() => {
      delete stretch.dataset.plain;
      observer.unobserve(stretch);
    });
    filling.set(stretch, filled.finally(() => filling.delete(stretch)));
  }
  return filling.get(stretch);
}

async function fetchRungs(first, last) {
  const html = await ask("GET", `/documents/${documentId}/rungs?from=${first}&to=${last}`);
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const fresh of [...template.content.children]) put(fresh);
}

function put(fresh) {
  const old = document.getElementById(fresh.id);
  // Nobody's typing is taken from under their hands: the rung is fetched again when that is over.
  if (!old || old.querySelector(".editing")) return;
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  const side = active?.closest("[data-text]")?.dataset.text ?? "target";
  if (old === current()) fresh.classList.add("current");
  old.replaceWith(fresh);
  settle(fresh);
  tell("replaced", numberOf(fresh));
  if (!active) return;
  const again = wordAt(active) && document.getElementById(active.id);
  const word = again ?? fresh.querySelector(`[data-text=${side}] .w`);
  if (word) stopAt(word);
  (word ?? fresh).focus({ preventScroll: true });
}

// What works only with a script is shown, and what the keys lead to is no stop of the Tab key.
export function settle(place) {
  for (const link of place.querySelectorAll(".number")) link.tabIndex = -1;
  for (const button of place.querySelectorAll("[data-do][hidden]")) button.hidden = false;
}

settle(bench);
