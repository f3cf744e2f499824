// What the scripts of the bench share: the rungs, their words, and which rung is the current one.
//
// The server has cut the texts into words. Where one stands is only ever passed back as it came:
// JavaScript counts UTF-16, the offsets of a document count code points.

export const bench = document.querySelector("#bench");
export const texts = bench.querySelector(".texts");
export const documentId = bench.dataset.document;
// The name of whoever is signed in; empty where there are no accounts.
export const person = bench.dataset.person;
export const count = texts.querySelectorAll("[data-number]").length;

const granted = new Set(bench.dataset.may.split(" "));
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let present = 1;

export const may = (permission) => granted.has(permission);
export const rungOf = (number) => document.getElementById(`sentence-${number}`);
export const rungAt = (element) => element?.closest?.("[data-number].rung") ?? null;
export const wordAt = (element) => element?.closest?.(".w") ?? null;
export const numberOf = (rung) => Number(rung.dataset.number);
export const sideOf = (word) => word.closest("[data-text]").dataset.text;
export const sentenceOf = (rung, side) => rung.querySelector(`[data-text=${side}] .sentence`);
export const wordsOf = (rung, side) => [...rung.querySelectorAll(`[data-text=${side}] .w`)];
export const motion = () => (calm.matches ? "auto" : "smooth");
export const current = () => rungOf(present);

// Tells the other scripts what has happened to a rung.
export function tell(name, number) {
  bench.dispatchEvent(new CustomEvent(name, { detail: number }));
}

export function hear(name, act) {
  bench.addEventListener(name, (event) => act(event.detail));
}

export function setCurrent(rung) {
  const before = current();
  if (rung === before && rung.classList.contains("current")) return;
  before?.classList.remove("current");
  rung.classList.add("current");
  present = numberOf(rung);
  tell("current", present);
}

// An element, its properties, and what it holds.
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
