// Brings a ladder to life: point at a word, or walk to it, and its partners light up.
//
// The server has cut the text into words and named their partners. Nothing is
// sliced here: JavaScript counts UTF-16, the offsets of a document count code points.

const OTHER = { source: "target", target: "source" };
const FLAGGED = ":has(.notes li:not(.none))";
const PLACE = { source: "original", target: "translation" };

export function wake(root) {
  const words = Object.fromEntries(
    ["source", "target"].map((side) => [side, [...root.querySelectorAll(`[data-text=${side}] .w`)]]),
  );
  const reading = root.querySelector(".reading");
  const keys = root.querySelector(".keys");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let shown = null;
  let stop = words.source[0] ?? words.target[0];
  let lit = [];

  function show(word) {
    if (word === shown) return;
    clear();
    shown = word;
    light(word, "here");
    light(word.closest(".rung"), "lit");
    const partners = partnersOf(word);
    for (const { word: partner, score } of partners) {
      partner.style.setProperty("--strength", score);
      light(partner, "lit");
    }
    for (const note of notesOf(word)) light(note, "lit");
    reading.replaceChildren(...sayPartners(word, partners));
  }

  function clear() {
    for (const [element, name] of lit) element.classList.remove(name);
    lit = [];
    shown = null;
    reading.replaceChildren();
  }

  function light(element, name) {
    element.classList.add(name);
    lit.push([element, name]);
  }

  // A ladder is one stop of the Tab key, however many words it has.
  function settle(word) {
    stop.tabIndex = -1;
    stop = word;
    stop.tabIndex = 0;
  }

  function walk(word, steps) {
    const side = words[sideOf(word)];
    return side[side.indexOf(word) + steps];
  }

  function climb(word, steps, wanted = ".rung") {
    const side = sideOf(word);
    const here = word.closest(".rung");
    const rungs = [...root.querySelectorAll(".rung")].filter(
      (rung) => rung === here || rung.matches(wanted),
    );
    const onwards = steps > 0 ? rungs : rungs.reverse();
    return onwards
      .slice(onwards.indexOf(here) + 1)
      .map((rung) => rung.querySelector(`[data-text=${side}] .w`))
      .find(Boolean);
  }

  function edge(word, last) {
    return [...word.closest(".side").querySelectorAll(".w")].at(last ? -1 : 0);
  }

  function destination(word, key) {
    const onwards = getComputedStyle(word).direction === "rtl" ? -1 : 1;
    switch (key) {
      case "ArrowRight":
        return walk(word, onwards);
      case "ArrowLeft":
        return walk(word, -onwards);
      case "ArrowDown":
      case "j":
        return climb(word, 1);
      case "ArrowUp":
      case "k":
        return climb(word, -1);
      case "n":
        return climb(word, 1, FLAGGED);
      case "p":
        return climb(word, -1, FLAGGED);
      case "Home":
        return edge(word, false);
      case "End":
        return edge(word, true);
      case "Enter":
        return partnersOf(word)[0]?.word;
    }
  }

  const MOVES = new Set(
    ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "j", "k", "n", "p", "Home", "End", "Enter"],
  );

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") clear();
    else if (event.key === "?") keys.open = !keys.open;
    else if (MOVES.has(event.key) && wordAt(event.target)) {
      event.preventDefault();
      const word = wordAt(event.target);
      const next = destination(word, event.key);
      if (next) next.focus();
      else show(word);
    }
  });

  root.addEventListener("focusin", (event) => {
    const word = wordAt(event.target);
    if (!word) return;
    settle(word);
    show(word);
    const behavior = calm.matches ? "auto" : "smooth";
    partnersOf(word)[0]?.word.scrollIntoView({ block: "nearest", inline: "nearest", behavior });
  });

  root.addEventListener("focusout", (event) => {
    if (!wordAt(event.relatedTarget)) clear();
  });

  root.addEventListener("pointerover", (event) => {
    const word = wordAt(event.target) ?? wordAt(document.activeElement);
    if (word && root.contains(word)) show(word);
    else clear();
  });

  root.addEventListener("pointerleave", () => {
    const word = wordAt(document.activeElement);
    if (word && root.contains(word)) show(word);
    else clear();
  });

  // A tap does not focus a word on every device.
  root.addEventListener("click", (event) => wordAt(event.target)?.focus());

  // A link to a flagged sentence leads to its words, so that the keyboard goes on from there.
  for (const link of document.querySelectorAll(".flags a")) {
    link.addEventListener("click", () => {
      // Following the link takes the focus away, and comes after this.
      setTimeout(() => document.querySelector(`${link.hash} [data-text=target] .w`)?.focus());
    });
  }

  for (const head of root.querySelectorAll("[data-language]")) nameLanguage(head);
  if (stop) stop.tabIndex = 0;
}

export function nameLanguage(element) {
  try {
    const names = new Intl.DisplayNames(["en"], { type: "language" });
    element.textContent = names.of(element.dataset.language);
  } catch {
    // A code that the browser does not know stays as it is.
  }
}

function wordAt(element) {
  return element?.closest?.(".w") ?? null;
}

function sideOf(word) {
  return word.closest(".side").dataset.text;
}

function partnersOf(word) {
  return word.dataset.partners
    .split(" ")
    .filter(Boolean)
    .map((partner) => partner.split(":"))
    .map(([id, score]) => ({ word: document.getElementById(id), score: Number(score) }));
}

function notesOf(word) {
  return (word.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .filter(Boolean)
    .map((id) => document.getElementById(id));
}

function sayPartners(word, partners) {
  if (!partners.length) {
    return [quoted(word), ` has no counterpart in the ${PLACE[OTHER[sideOf(word)]]}.`];
  }
  const said = partners.flatMap(({ word: partner, score }, index) => {
    const share = document.createElement("span");
    share.className = "share";
    share.textContent = ` ${Math.round(score * 100)}%`;
    return [index ? ", " : "", quoted(partner), share];
  });
  return [quoted(word), sideOf(word) === "source" ? " became " : " comes from ", ...said];
}

function quoted(word) {
  const element = document.createElement("b");
  element.lang = word.closest(".side").lang;
  element.dir = "auto";
  element.textContent = word.textContent;
  return element;
}

for (const root of document.querySelectorAll(".ladder")) wake(root);
