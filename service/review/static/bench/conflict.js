// Two reviewers on one segment: both versions are shown, and nothing is written over unless somebody says so.

import { say } from "../texts.js";
import { shownDifferences, wordDifferences } from "./differences.js";
import { edit, removeEditor } from "./editing.js";
import { forget, keep } from "./kept.js";
import { rungOf, sentenceOf } from "./page.js";
import { change, renew } from "./saving.js";

const dialog = document.querySelector("#conflict");
let open = null;

// `sent` is the change that came too late, `current` the segment as the service has it.
export async function openConflict(number, sent, current) {
  const typed = sent.target !== undefined;
  const mine = typed ? sent.target : sentenceOf(rungOf(number), "target").textContent;
  open = { number, sent, current };
  if (typed) keep("draft", number, { text: mine, revision: current.revision });
  const names = [current.signed_by, current.reviewed_by, current.edited_by];
  const who = names.find(Boolean) ?? say("somebody");
  const wish = sent.state ? ` ${say("mine-was-state", { state: say(sent.state) })}` : "";
  dialog.querySelector(".who").textContent = `${say("changed-by", { revision: current.revision, who })}${wish}`;
  dialog.querySelector(".theirs").textContent = current.target.text;
  dialog.querySelector(".mine").textContent = mine;
  dialog.querySelector(".diff").replaceChildren(...shownDifferences(wordDifferences(current.target.text, mine)));
  for (const action of ["go-on", "overwrite"]) dialog.querySelector(`[data-do=${action}]`).hidden = !typed;
  if (!dialog.open) dialog.showModal();
  await renew(number);
}

const ACTIONS = {
  "go-on": ({ number, sent, current }) => edit(number, { text: sent.target, revision: current.revision }),
  overwrite: ({ number, sent, current }) => change(number, { target: sent.target }, current.revision),
  "take-theirs": ({ number }) => {
    forget("draft", number);
    removeEditor(rungOf(number));
    return renew(number);
  },
};

dialog.addEventListener("click", (event) => {
  const act = ACTIONS[event.target.closest("[data-do]")?.dataset.do];
  if (!act) return;
  dialog.close();
  act(open);
});
