// Spares the reader of a claim the selecting. Without this script the citation can be copied by hand.

import { nameLanguage } from "./ladder.js";

const citation = document.querySelector("#citation");
const button = document.querySelector("#copy");
const copied = document.querySelector("#copied");

async function copy() {
  try {
    await navigator.clipboard.writeText(citation.textContent);
    copied.textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(citation);
    copied.textContent = "Selected: copy it with Ctrl-C.";
  }
}

for (const element of document.querySelectorAll("[data-language]")) nameLanguage(element);
button.hidden = false;
button.addEventListener("click", copy);
