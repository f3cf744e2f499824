// Lights up what answers some words, and says it.

import { say } from "../texts.js";
import { motion, rungAt, sideOf } from "./page.js";

const reading = document.querySelector("#bar .reading");
let lit = [];
let shown = [];

export function light(words) {
  if (words.length === shown.length && words.every((word, index) => word === shown[index])) return;
  clear();
  shown = words;
  for (const word of words) mark(word, "here");
  const partners = partnersOf(words);
  for (const [partner, score] of partners) {
    partner.style.setProperty("--strength", score);
    mark(partner, "lit");
  }
  for (const note of notesOf(words)) mark(note, "lit");
  reading.replaceChildren(...said(words, partners));
}

export function clear() {
  for (const [element, name] of lit) element.classList.remove(name);
  lit = [];
  shown = [];
  reading.replaceChildren();
}

export function scrollToPartner(words) {
  const [partner] = partnersOf(words).keys();
  partner?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: motion() });
}

// The partners of some words with their best scores, in the order of the page.
export function partnersOf(words) {
  const best = new Map();
  for (const word of words) {
    for (const partner of word.dataset.partners.split(" ").filter(Boolean)) {
      const [id, score] = partner.split(":");
      best.set(id, Math.max(Number(score), best.get(id) ?? 0));
    }
  }
  const found = [...best].map(([id, score]) => [document.getElementById(id), score]);
  const there = found.filter(([partner]) => partner);
  there.sort(([one], [other]) => (one.compareDocumentPosition(other) & 4 ? -1 : 1));
  return new Map(there);
}

// The words as they stand in the text, with what is between them.
export function textOf(words) {
  const rungs = [...new Set(words.map(rungAt))];
  return rungs
    .map((rung) => {
      const own = words.filter((word) => rung.contains(word));
      const range = new Range();
      range.setStartBefore(own[0]);
      range.setEndAfter(own.at(-1));
      return range.toString();
    })
    .join(" ");
}

export function quoted(words) {
  const shown = document.createElement("b");
  shown.lang = words[0].closest("[data-text]").lang;
  shown.dir = "auto";
  shown.textContent = textOf(words);
  return shown;
}

// A text of the page with elements in its places.
function filled(name, places) {
  return say(name)
    .split(/(\{\w+\})/)
    .flatMap((part) => places[part.replace(/[{}]/g, "")] ?? part);
}

function said(words, partners) {
  const way = sideOf(words[0]) === "source" ? "became" : "came";
  const notes = notesOf(words).flatMap((note) => [" · ", note.textContent.trim().replace(/\s+/g, " ")]);
  const word = [quoted(words)];
  if (!partners.size) return [...filled(`${way}.alone`, { word }), ...notes];
  const shares = [...partners].flatMap(([partner, score], index) => {
    const share = document.createElement("span");
    share.className = "share";
    share.textContent = ` ${Math.round(score * 100)}%`;
    return [index ? ", " : "", quoted([partner]), share];
  });
  return [...filled(way, { word, partners: shares }), ...notes];
}

function mark(element, name) {
  element.classList.add(name);
  lit.push([element, name]);
}

function notesOf(words) {
  const ids = words.flatMap((word) => (word.getAttribute("aria-describedby") ?? "").split(" "));
  return [...new Set(ids)].map((id) => document.getElementById(id)).filter(Boolean);
}
