// Flags some words, or a whole segment, with a reason; and resolves a flag.

import { chosen, wholeOf } from "./choosing.js";
import { say } from "../texts.js";
import { forget, keep, kept } from "./kept.js";
import { withWords } from "./loading.js";
import { current, documentId, numberOf, rungAt, rungOf } from "./page.js";
import { selection } from "./panel.js";
import { remember, renew } from "./saving.js";
import { ask } from "./service.js";
import { announce, complain } from "./status.js";

const dialog = document.querySelector("#flagging");
const form = dialog?.querySelector("form");
const complaint = dialog?.querySelector(".complaint");
let found = [];

export async function openFlagging() {
  const rung = chosen().length ? rungAt(chosen()[0]) : current();
  await withWords(numberOf(rung)).catch(() => {});
  const whole = wholeOf(rungOf(numberOf(rung)));
  found = chosen().length ? chosen() : whole;
  const quote = dialog.querySelector(".quoted");
  quote.textContent = found.map((each) => each.textContent).join(" ");
  quote.lang = found[0].closest("[data-text]").lang;
  form.elements.reason.value = kept("reason", numberOf(rung)) ?? "";
  complaint.textContent = "";
  dialog.showModal();
  form.elements.reason.focus();
}

async function flag() {
  const number = numberOf(rungAt(found[0]));
  const shown = await selection(found);
  const { side, start, end } = shown.dataset;
  const made = await ask("POST", `/v1/documents/${documentId}/segments/${number}/flags`, {
    side,
    start: Number(start),
    end: Number(end),
    quote: shown.querySelector(".quoted").textContent,
    reason: form.elements.reason.value,
    severity: form.elements.severity.value,
  });
  forget("reason", number);
  remember(number, () => resolveFlag(made.id, true));
  dialog.close();
  announce(say("flagged", { number }));
  await renew(number);
}

const resolveFlag = (id, resolved) => ask("PATCH", `/v1/flags/${id}`, { resolved });

export async function resolve(button) {
  const number = numberOf(rungAt(button));
  const id = button.dataset.flag;
  try {
    await resolveFlag(id, true);
    remember(number, () => resolveFlag(id, false));
    announce(say("resolved"));
    await renew(number);
  } catch (error) {
    complain(error);
  }
}

form?.addEventListener("input", () => keep("reason", numberOf(rungAt(found[0])), form.elements.reason.value));
form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  flag().catch((error) => complain(error, complaint));
});
dialog?.querySelector("[data-do=dismiss]").addEventListener("click", () => dialog.close());
