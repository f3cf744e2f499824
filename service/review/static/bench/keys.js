// Keys lead to the actions that the list of keys names; buttons lead to the same ones.

import { texts } from "./page.js";

const list = document.querySelector("#keys");
const single = list.querySelector("#single-keys");
const PLACE = "visavis:single-keys";
const actionOf = new Map(
  [...list.querySelectorAll("[data-keys]")].flatMap((row) =>
    row.dataset.keys.split(" ").filter(Boolean).map((key) => [key, row.dataset.action]),
  ),
);
// What a button, a link or a list of choices understands by itself.
const OWN = "a, button, summary, [role=slider]";
const TYPING = "input, textarea, select, [contenteditable]";

export function obey(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    const { target, key, shiftKey } = event;
    if (target.matches(TYPING) && key !== "Escape") return;
    const action = actionOf.get(key);
    if (!actions[action]) return;
    const letter = [...key].length === 1;
    if (letter && !single.checked) return;
    // An arrow scrolls and Enter presses wherever there is no word to walk from.
    if (!letter && key !== "Escape" && (target.matches(OWN) || !texts.contains(target))) return;
    event.preventDefault();
    actions[action]({ extend: shiftKey && !letter });
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#bar [data-do], .texts [data-do]");
    if (button) actions[button.dataset.do]?.({ button });
  });

  try {
    single.checked = localStorage.getItem(PLACE) !== "off";
  } catch {
    single.checked = true;
  }
  single.addEventListener("change", () => localStorage.setItem(PLACE, single.checked ? "on" : "off"));
}

export const showKeys = () => list.showModal();
