// Edits the translation of a segment in its place. What is typed is kept in the browser from the first letter.

import { say } from "../texts.js";
import { forget, keep, kept, numbersWith } from "./kept.js";
import { refresh } from "./loading.js";
import { element, hear, rungOf, sentenceOf, setCurrent } from "./page.js";
import { change, revisionOf } from "./saving.js";
import { announce } from "./status.js";

// Opens the editor with what was typed before, with `given`, or with the translation as it is.
export function edit(number, given = kept("draft", number)) {
  const rung = rungOf(number);
  setCurrent(rung);
  const open = rung.querySelector(".editing");
  if (open && !given) return open.querySelector("textarea").focus();
  open?.remove();
  const form = editor(number, given ?? { text: original(rung), revision: revisionOf(number) });
  rung.querySelector(".side.target").after(form);
  rung.classList.add("edited-here");
  const box = form.querySelector("textarea");
  box.style.height = `${box.scrollHeight + 4}px`;
  box.focus();
}

const original = (rung) => sentenceOf(rung, "target").textContent;

function editor(number, { text, revision }) {
  const side = rungOf(number).querySelector(".side.target");
  const box = element("textarea", { value: text, lang: side.lang, dir: "auto", spellcheck: true });
  box.setAttribute("aria-label", say("edit", { number }));
  const form = element(
    "form",
    { className: "editing" },
    box,
    element(
      "p",
      { className: "choice" },
      element("button", { className: "go small" }, say("save"), " ", element("kbd", { ariaHidden: "true" }, "Ctrl Enter")),
      element("button", { type: "button", className: "small", onclick: () => close(number) }, say("close"), " ", element("kbd", { ariaHidden: "true" }, "Esc")),
      element("button", { type: "button", className: "small", onclick: () => discard(number) }, say("discard")),
    ),
  );
  form.dataset.revision = revision;
  box.addEventListener("input", () => type(number, form));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    else if (event.key === "Escape") close(number);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(number, form);
  });
  return form;
}

function type(number, form) {
  const box = form.querySelector("textarea");
  keep("draft", number, { text: box.value, revision: Number(form.dataset.revision) });
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 4}px`;
}

function save(number, form) {
  const text = form.querySelector("textarea").value;
  if (text === original(rungOf(number))) return discard(number);
  keep("draft", number, { text, revision: Number(form.dataset.revision) });
  change(number, { target: text }, Number(form.dataset.revision));
}

// The editor goes; what was typed stays for the next time, and across a reload.
function close(number) {
  const rung = rungOf(number);
  removeEditor(rung);
  markDraft(number);
  if (kept("draft", number)) announce(say("draft-kept", { number }));
  rung.focus();
  refresh(number).catch(() => {});
}

export function removeEditor(rung) {
  rung.querySelector(".editing")?.remove();
  rung.classList.remove("edited-here");
}

function discard(number) {
  forget("draft", number);
  close(number);
}

// A segment whose text was typed and not saved says so.
function markDraft(number) {
  const rung = rungOf(number);
  rung.querySelector(".unsaved")?.remove();
  if (!kept("draft", number) || rung.querySelector(".editing")) return;
  const again = element("button", { type: "button", className: "plain unsaved" }, say("unsaved"));
  again.dataset.do = "edit";
  rung.querySelector(".mark").append(" ", again);
}

export function restoreDrafts() {
  for (const number of numbersWith("draft")) if (rungOf(number)) markDraft(number);
  hear("replaced", markDraft);
  // The service has it: the editor goes, unless somebody has typed on.
  hear("edited", ({ number, text, revision }) => {
    const form = rungOf(number).querySelector(".editing");
    const typed = form?.querySelector("textarea").value;
    if (form && typed !== text) {
      form.dataset.revision = revision;
      return keep("draft", number, { text: typed, revision });
    }
    forget("draft", number);
    const had = form?.contains(document.activeElement);
    removeEditor(rungOf(number));
    if (had) rungOf(number).focus();
  });
}
