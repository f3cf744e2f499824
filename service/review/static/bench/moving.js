// From segment to segment, from word to word, from flag to flag; and which segments are shown.

import { say } from "../texts.js";
import { focused, visit } from "./choosing.js";
import { partnersOf } from "./lighting.js";
import { withWords } from "./loading.js";
import { bench, count, current, numberOf, rungAt, rungOf, setCurrent, sideOf, texts, wordsOf } from "./page.js";
import { announce } from "./status.js";

const show = document.querySelector("#show");
const MATCHES = {
  all: () => true,
  unreviewed: (rung) => rung.dataset.state === "draft",
  flagged: (rung) => "flagged" in rung.dataset,
};

const shown = (rung) => MATCHES[bench.dataset.show](rung);
const side = () => (focused() ? sideOf(focused()) : "target");

function neighbour(rung, step, wanted = shown) {
  for (let number = numberOf(rung) + step; number >= 1 && number <= count; number += step) {
    if (wanted(rungOf(number))) return rungOf(number);
  }
  return null;
}

// Stands on a segment, at its first word as soon as it has any.
export async function stand(rung, where = side()) {
  if (!rung) return announce(say("last"));
  setCurrent(rung);
  const number = numberOf(rung);
  const [word] = wordsOf(rung, where);
  if (word) return visit(word);
  rung.focus();
  await withWords(number).catch(() => {});
  if (document.activeElement === rungOf(number)) visit(wordsOf(rungOf(number), where)[0]);
}

// Before anybody stood anywhere, the first step is onto the segment that is the current one.
export function step(by) {
  const here = current();
  const onto = !here.classList.contains("current") && shown(here) ? here : neighbour(here, by);
  return stand(onto);
}

export function stepToFlag(by) {
  const where = side();
  const onto = neighbour(current(), by, (rung) => shown(rung) && MATCHES.flagged(rung));
  if (!onto) return announce(say("last"));
  return stand(onto, where).then(() => {
    const marked = rungOf(numberOf(onto)).querySelector(".w[aria-describedby]");
    if (marked) visit(marked);
  });
}

export function walk(by, extend) {
  const word = focused();
  if (!word) return stand(current());
  const onwards = getComputedStyle(word).direction === "rtl" ? -by : by;
  const own = wordsOf(rungAt(word), sideOf(word));
  const next = own[own.indexOf(word) + onwards];
  if (next) return visit(next, extend);
  const other = neighbour(rungAt(word), onwards);
  visit(other && wordsOf(other, sideOf(word)).at(onwards > 0 ? 0 : -1), extend);
}

export function edge(last, extend) {
  const word = focused();
  if (word) visit(wordsOf(rungAt(word), sideOf(word)).at(last ? -1 : 0), extend);
}

export function across() {
  const word = focused();
  if (!word) return;
  const best = [...partnersOf([word])].sort(([, one], [, other]) => other - one);
  visit(best[0]?.[0]);
}

export function filter(name) {
  bench.dataset.show = name;
  show.value = name;
  let found = 0;
  for (const stretch of texts.querySelectorAll(".stretch")) {
    const own = [...stretch.children].filter(shown).length;
    stretch.hidden = !own;
    found += own;
  }
  texts.querySelector(".nothing").hidden = found > 0;
  announce(say("shown", { n: found }));
}

export function filterNext() {
  const names = Object.keys(MATCHES);
  filter(names[(names.indexOf(bench.dataset.show) + 1) % names.length]);
}

show.addEventListener("change", () => filter(show.value));
