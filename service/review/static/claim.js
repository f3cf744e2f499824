// Spares the reader of a claim the selecting. Without this script the citation can be copied by hand.

const citation = document.querySelector("#citation");
const button = document.querySelector("#copy");
const copied = document.querySelector("#copied");

async function copy() {
  try {
    await navigator.clipboard.writeText(citation.textContent);
    copied.textContent = button.dataset.copied;
  } catch {
    getSelection().selectAllChildren(citation);
    copied.textContent = button.dataset.selected;
  }
}

button.hidden = false;
button.addEventListener("click", copy);
