// Which words are chosen: by the mouse, as any text is selected, or with Shift and the keys for words.

import { clear, light, scrollToPartner } from "./lighting.js";
import { hear, numberOf, rungAt, rungOf, setCurrent, sentenceOf, sideOf, texts, wordAt, wordsOf } from "./page.js";

let words = [];
let anchor = null;
let stop = null;

// The chosen words; none where a word merely has the focus.
export const chosen = () => words.filter((word) => word.isConnected);
export const focused = () => (texts.contains(document.activeElement) ? wordAt(document.activeElement) : null);

export function choose(found) {
  for (const word of words) word.classList.remove("chosen");
  words = found;
  for (const word of words) word.classList.add("chosen");
  if (words.length) light(words);
  else clear();
}

// Where some words stand, as the service wants to hear it.
export function placeOf(found) {
  const [first, last] = [found[0], found.at(-1)];
  return {
    side: sideOf(first),
    from: `${numberOf(rungAt(first))}:${first.dataset.start}`,
    to: `${numberOf(rungAt(last))}:${last.dataset.end}`,
  };
}

// A segment's translation as a whole.
export const wholeOf = (rung) => [sentenceOf(rung, "target")];

// Goes to a word; with `extend`, everything from where the choosing began is chosen.
export function visit(word, extend = false) {
  if (!word) return;
  const from = extend ? anchor ?? focused() ?? word : null;
  stopAt(word);
  word.focus();
  if (from && sideOf(from) === sideOf(word)) {
    anchor = from;
    choose(between(from, word));
  }
}

export function letGo() {
  anchor = null;
  getSelection()?.removeAllRanges();
  choose([]);
}

function between(one, other) {
  const [first, last] = one.compareDocumentPosition(other) & 2 ? [other, one] : [one, other];
  const side = sideOf(one);
  const found = [];
  for (let number = numberOf(rungAt(first)); number <= numberOf(rungAt(last)); number += 1) {
    found.push(...wordsOf(rungOf(number), side));
  }
  return found.slice(found.indexOf(first), found.indexOf(last) + 1);
}

// The words that a selection made with the mouse touches; its side is where it began.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return [];
  const began = selection.anchorNode.parentElement?.closest("[data-text]");
  if (!began || !texts.contains(began)) return [];
  const range = selection.getRangeAt(0);
  const end = rungAt(parentOf(selection.focusNode)) ?? rungAt(began);
  const [one, other] = [numberOf(rungAt(began) ?? end), numberOf(end)].sort((a, b) => a - b);
  const found = [];
  for (let number = one; number <= other; number += 1) {
    found.push(...wordsOf(rungOf(number), began.dataset.text).filter((word) => touches(range, word)));
  }
  return found;
}

const parentOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

// Whether a range holds a character of a word: one that ends where the word begins does not.
function touches(range, word) {
  if (!range.intersectsNode(word)) return false;
  const part = new Range();
  part.selectNodeContents(word);
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) {
    part.setStart(range.startContainer, range.startOffset);
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) {
    part.setEnd(range.endContainer, range.endOffset);
  }
  return part.toString() !== "";
}

// The bench is one stop of the Tab key, however many words it has. The others take no focus at all:
// from a word that does, Chromium selects nothing.
export function stopAt(word) {
  stop?.removeAttribute("tabindex");
  stop = word;
  stop.tabIndex = 0;
}

export function attend(onChosen) {
  texts.addEventListener("pointerdown", () => stop?.removeAttribute("tabindex"));
  document.addEventListener("pointerup", () => {
    if (stop) stop.tabIndex = 0;
  });

  texts.addEventListener("pointerup", () => {
    const found = selected();
    if (!found.length) return;
    anchor = null;
    choose(found);
    setCurrent(rungAt(found[0]));
    onChosen(found);
  });

  // A tap does not focus a word on every device.
  texts.addEventListener("click", (event) => {
    if (!getSelection().isCollapsed) return;
    const word = wordAt(event.target);
    letGo();
    if (word) visit(word);
    else if (rungAt(event.target)) setCurrent(rungAt(event.target));
  });

  texts.addEventListener("focusin", (event) => {
    const rung = rungAt(event.target);
    if (rung) setCurrent(rung);
    const word = wordAt(event.target);
    if (!word) return;
    if (!words.includes(word)) choose([]);
    light(words.length ? words : [word]);
    scrollToPartner([word]);
  });

  texts.addEventListener("pointerover", (event) => rest(wordAt(event.target)));
  texts.addEventListener("pointerleave", () => rest(null));
  texts.addEventListener("focusout", (event) => {
    if (!wordAt(event.relatedTarget)) rest(null);
  });

  // The words of a rung that was fetched again are others.
  hear("replaced", (number) => {
    if (words.some((word) => !word.isConnected)) letGo();
    if (stop && !stop.isConnected) {
      const again = document.getElementById(stop.id);
      if (again) stopAt(again);
    }
  });

  const first = texts.querySelector(".w");
  if (first) stopAt(first);
}

// What the pointer is on is lit; otherwise what is chosen, or has the focus.
function rest(pointed) {
  if (pointed) return light(words.includes(pointed) ? words : [pointed]);
  if (words.length) return light(words);
  const word = focused();
  if (word) light([word]);
  else clear();
}
