// The small picture of the whole document: shows where the reader is, leads anywhere, follows what is changed.

import { say } from "../texts.js";
import { bench, count, current, hear, numberOf, rungOf } from "./page.js";
import { stand } from "./moving.js";

const strip = document.querySelector(".strip");
const here = strip.querySelector(".here");
const svg = strip.querySelector("svg");
// As the server draws them, in the units of the picture: how high a bar is for each state.
const HIGH = { draft: 6, reviewed: 12, signed_off: 18 };
const STEPS = { ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, PageDown: 20, PageUp: -20 };

const bars = new Map([...svg.querySelectorAll("[data-number]")].map((bar) => [numberOf(bar), bar]));


export function follow() {
  strip.setAttribute("role", "slider");
  strip.setAttribute("aria-label", say("strip"));
  strip.setAttribute("aria-valuemin", 1);
  strip.setAttribute("aria-valuemax", count);
  strip.tabIndex = 0;
  showPlace(1);
  hear("current", showPlace);
  hear("state", showState);
}

function showPlace(number) {
  const bar = bars.get(number);
  if (!bar) return;
  const { width } = svg.viewBox.baseVal;
  here.hidden = false;
  here.style.insetInlineStart = `${(100 * bar.x.baseVal.value) / width}%`;
  here.style.width = `${(100 * bar.width.baseVal.value) / width}%`;
  strip.setAttribute("aria-valuenow", number);
  strip.setAttribute("aria-valuetext", say("place", { number, count, state: say(rungOf(number).dataset.state) }));
}

function showState(number) {
  const { state } = rungOf(number).dataset;
  const bar = bars.get(number);
  if (!bar) return;
  const high = HIGH[state];
  const foot = svg.viewBox.baseVal.height;
  if (!bar.classList.contains(state)) {
    const before = bench.parentElement.querySelector(`[data-count=${bar.classList[0]}]`);
    const after = bench.parentElement.querySelector(`[data-count=${state}]`);
    before.textContent = Number(before.textContent) - 1;
    after.textContent = Number(after.textContent) + 1;
    bar.setAttribute("class", state);
    bar.setAttribute("y", foot - high);
    bar.setAttribute("height", high);
  }
  if (rungOf(number) === current()) showPlace(number);
}

strip.addEventListener("click", (event) => {
  const box = svg.getBoundingClientRect();
  const at = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
  let found = 1;
  for (const [number, bar] of bars) if (bar.x.baseVal.value <= at) found = number;
  stand(rungOf(found), "target");
});

strip.addEventListener("keydown", (event) => {
  const now = Number(strip.getAttribute("aria-valuenow"));
  if (event.key === "Enter") return stand(rungOf(now), "target");
  const to = { Home: 1, End: count }[event.key] ?? now + STEPS[event.key];
  if (Number.isNaN(to)) return;
  event.preventDefault();
  const number = Math.min(count, Math.max(1, to));
  showPlace(number);
  rungOf(number).scrollIntoView({ block: "center" });
});
