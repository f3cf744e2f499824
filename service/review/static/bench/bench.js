// Brings the bench to life. Without this script the page can be read, and nothing on it can be changed.

import { say } from "../texts.js";
import { attend, chosen, letGo } from "./choosing.js";
import { edit, restoreDrafts } from "./editing.js";
import { openFlagging, resolve } from "./flagging.js";
import { obey, showKeys } from "./keys.js";
import { watch, withWords } from "./loading.js";
import { across, edge, filterNext, stand, step, stepToFlag, walk } from "./moving.js";
import { current, hear, may, numberOf, rungAt, rungOf, setCurrent } from "./page.js";
import { close, focusPanel, isOpen, openClaim, openComments, openHistory } from "./panel.js";
import { change, sendWhenPossible, undo } from "./saving.js";
import { announce } from "./status.js";
import { follow } from "./strip.js";

const NEXT = { draft: "reviewed", reviewed: "signed_off" };
const bar = document.querySelector("#bar");
const here = () => numberOf(current());

// A button inside a rung is about that rung, whichever was the current one.
function placed(button) {
  const rung = rungAt(button);
  if (rung) setCurrent(rung);
  return here();
}

function approve() {
  const number = here();
  const state = NEXT[current().dataset.state];
  if (!state) return announce(say("done", { number }));
  change(number, { state });
}

function reopen() {
  if (current().dataset.state !== "draft") change(here(), { state: "draft" });
}

async function openEditor({ button }) {
  const number = placed(button);
  await withWords(number).catch(() => {});
  edit(number);
}

async function cite() {
  await openClaim();
  if (chosen().length) focusPanel();
}

function escape() {
  if (isOpen()) close();
  else letGo();
}

const everybody = {
  next: () => step(1),
  previous: () => step(-1),
  right: ({ extend }) => walk(1, extend),
  left: ({ extend }) => walk(-1, extend),
  first: ({ extend }) => edge(false, extend),
  last: ({ extend }) => edge(true, extend),
  across,
  cite,
  comment: ({ button }) => openComments(placed(button)),
  history: () => openHistory(here()),
  nextFlag: () => stepToFlag(1),
  previousFlag: () => stepToFlag(-1),
  filter: filterNext,
  escape,
  keys: showKeys,
};
const translators = { edit: openEditor, flag: openFlagging, undo: () => undo(here()) };
const reviewers = { approve, reopen, resolve: ({ button }) => resolve(button) };

function nameApproval() {
  const button = bar.querySelector("[data-do=approve]");
  if (!button) return;
  const { state } = current().dataset;
  button.firstChild.textContent = `${say(`approve.${state}`)} `;
  button.disabled = !NEXT[state];
}

if (current()) {
  attend((words) => openClaim(words));
  follow();
  watch();
  restoreDrafts();
  sendWhenPossible();
  obey({
    ...everybody,
    ...(may("translate") ? translators : {}),
    ...(may("review") ? reviewers : {}),
  });
  hear("current", nameApproval);
  hear("state", nameApproval);
  nameApproval();
  bar.hidden = false;
  for (const link of document.querySelectorAll(".flagged a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      stand(rungOf(link.hash.replace("#sentence-", "")), "target");
    });
  }
}
