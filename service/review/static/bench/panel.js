// What stands beside the texts: the chosen words as a claim, the comments on a segment, its history.

import { say } from "../texts.js";
import { chosen, choose, focused, letGo, placeOf, visit } from "./choosing.js";
import { shownDifferences } from "./differences.js";
import { forget, keep, kept } from "./kept.js";
import { partnersOf, quoted, textOf } from "./lighting.js";
import { bench, current, documentId, element, may, motion, person, rungOf, wordsOf } from "./page.js";
import { ask, Refused } from "./service.js";
import { remember, renew } from "./saving.js";
import { announce, complain } from "./status.js";

const panel = document.querySelector("#panel");
const name = panel.querySelector("h2");
const body = panel.querySelector(".body");
const moments = new Intl.DateTimeFormat(document.documentElement.lang, {
  dateStyle: "medium",
  timeStyle: "short",
});
// What the panel is about, so that an answer which comes too late is for nobody.
let about = null;
let words = [];

export const isOpen = () => !panel.hidden;

export function close() {
  const back = words.find((word) => word.isConnected) ?? wordsOf(current(), "target")[0];
  const had = panel.contains(document.activeElement);
  panel.hidden = true;
  bench.classList.remove("beside");
  about = null;
  words = [];
  // The focus goes back to the texts, or the next key would be nobody's.
  if (had && back) visit(back);
  else if (had) current().focus();
}

function open(title, ...shown) {
  about = {};
  name.textContent = title;
  body.replaceChildren(...shown);
  panel.hidden = false;
  bench.classList.add("beside");
  return about;
}

// --- the chosen words ---------------------------------------------------------

// Opens with what the page knows, which is at once; the service then says the rest.
export async function openClaim(found = chosen()) {
  if (!found.length && focused()) choose((found = [focused()]));
  if (!found.length) return announce(say("no-words"));
  const partners = [...partnersOf(found).keys()];
  const mine = open(
    say("claim"),
    element("blockquote", { className: "quoted" }, quoted(found)),
    element("blockquote", {}, ...partners.flatMap((partner) => [quoted([partner]), " "])),
  );
  words = found;
  try {
    const shown = await selection(found);
    if (about !== mine) return;
    body.replaceChildren(shown);
    panel.scrollIntoView({ block: "nearest", behavior: motion() });
  } catch (error) {
    if (about === mine) failed(error);
  }
}

// The words where they stand in the whole text now. Refused where that has changed under the reader.
export async function selection(found) {
  const html = await ask("GET", `/documents/${documentId}/selection?${new URLSearchParams(placeOf(found))}`);
  const template = document.createElement("template");
  template.innerHTML = html;
  const shown = template.content.querySelector(".chosen");
  const quote = shown.querySelector(".quoted").textContent;
  if (squeezed(quote) !== squeezed(found[0].matches(".w") ? textOf(found) : found[0].textContent)) {
    throw new Refused(409, { detail: say("moved") });
  }
  return shown;
}

const squeezed = (text) => text.replace(/\s+/g, "");

function failed(error) {
  complain(error, body.appendChild(element("p", { className: "complaint", role: "alert" })));
}

async function claim() {
  const shown = body.querySelector(".chosen");
  const { side, start, end } = shown.dataset;
  const made = await ask("POST", `/v1/documents/${documentId}/claims`, {
    [side]: { start: Number(start), end: Number(end) },
  });
  remember(Number(placeOf(words).from.split(":")[0]), () =>
    ask("PATCH", `/v1/claims/${made.id}`, { status: "withdrawn" }),
  );
  announce(say("claimed"));
  await openClaim(words);
  body.querySelector("[data-do=copy]")?.focus();
}

async function judge(button) {
  const { claim: id } = body.querySelector(".chosen").dataset;
  await ask("PUT", `/v1/claims/${id}/judgements/mine`, { verdict: button.dataset.verdict });
  announce(say("judged"));
  await openClaim(words);
  body.querySelector(`[data-verdict=${button.dataset.verdict}][aria-pressed]`)?.focus();
}

async function copy() {
  const text = body.querySelector(".cite");
  try {
    await navigator.clipboard.writeText(text.textContent);
    announce(say("copied"));
  } catch {
    getSelection().selectAllChildren(text);
    announce(say("copy-by-hand"));
  }
}

const ACTIONS = { claim, judge, copy, close: () => (close(), letGo()) };

panel.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  try {
    await ACTIONS[button.dataset.do]?.(button);
  } catch (error) {
    failed(error);
  }
});

// --- comments -----------------------------------------------------------------

const path = (number) => `/v1/documents/${documentId}/segments/${number}`;

export async function openComments(number) {
  const list = element("ol", { className: "remarks" });
  const form = may("translate") ? commenting(number) : "";
  const mine = open(say("comments", { number }), list, form);
  words = [];
  body.querySelector("textarea")?.focus();
  try {
    const { comments } = await ask("GET", `${path(number)}/comments`);
    if (about !== mine) return;
    list.append(...comments.map((each) => comment(number, each)));
    if (!comments.length) list.before(element("p", {}, say("no-comments")));
  } catch (error) {
    if (about === mine) failed(error);
  }
}

function comment(number, { id, by, at, text }) {
  const remove = async () => {
    await ask("DELETE", `/v1/comments/${id}`);
    await again(number);
  };
  const button = element("button", { type: "button", className: "plain" }, say("take-back"));
  button.addEventListener("click", () => remove().catch(failed));
  const who = element("b", { dir: "auto" }, by || say("somebody"));
  return element(
    "li",
    {},
    element("p", { className: "who" }, who, " ", element("time", { dateTime: at }, moments.format(new Date(at)))),
    element("p", { dir: "auto" }, text),
    may("translate") && (by === person || may("admin")) ? button : "",
  );
}

function commenting(number) {
  const box = element("textarea", { id: "comment", rows: 3, value: kept("comment", number) ?? "", maxLength: 10_000 });
  const label = element("label", { htmlFor: "comment" }, say("your-comment"));
  const form = element("form", {}, label, box, element("button", { className: "go small" }, say("send")));
  box.addEventListener("input", () => keep("comment", number, box.value));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!box.value.trim()) return;
    try {
      const made = await ask("POST", `${path(number)}/comments`, { text: box.value });
      forget("comment", number);
      remember(number, () => ask("DELETE", `/v1/comments/${made.id}`));
      await again(number);
    } catch (error) {
      failed(error);
    }
  });
  return form;
}

async function again(number) {
  await Promise.all([openComments(number), renew(number)]);
}

// --- history ------------------------------------------------------------------

export async function openHistory(number) {
  const list = element("ol", { className: "changes" });
  const mine = open(say("history", { number }), list);
  words = [];
  panel.focus();
  try {
    const { changes } = await ask("GET", `${path(number)}/history`);
    if (about !== mine) return;
    list.append(...changes.map((each) => changed(each, rungOf(number))));
    if (!changes.length) list.before(element("p", {}, say("no-history")));
  } catch (error) {
    if (about === mine) failed(error);
  }
}

function changed({ at, by, action, before, after, diff }, rung) {
  const state = after?.state ? `${say("of")} ${say(before?.state ?? "draft")} → ${say(after.state)}` : "";
  const what = `${say(`action.${action}`) || action.replaceAll("_", " ")}${state}`;
  const who = element("b", { dir: "auto" }, by || say("somebody"));
  const shown = element("li", {}, element("p", { className: "who" }, who, " ", element("time", { dateTime: at }, moments.format(new Date(at)))), element("p", {}, what));
  if (diff?.length) {
    const { lang } = rung.querySelector(".side.target");
    shown.append(element("p", { className: "diff", dir: "auto", lang }, ...shownDifferences(diff)));
  }
  return shown;
}

export const focusPanel = () => panel.focus();
