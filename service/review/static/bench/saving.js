// Saves a change of a segment at once, against the revision that the reviewer has seen.
//
// A change is first kept in the browser, then sent, and forgotten only when the service has it. There is
// one for each segment: whatever is done before it could be sent is added to it.

import { say } from "../texts.js";
import { openConflict } from "./conflict.js";
import { forget, keep, kept, numbersWith } from "./kept.js";
import { refresh } from "./loading.js";
import { documentId, rungOf, tell } from "./page.js";
import { ask, Lost, Refused } from "./service.js";
import { announce, announceLost, begin, complain, end, signIn } from "./status.js";

// In milliseconds.
const AGAIN = 10_000;

const pathOf = (number) => `/v1/documents/${documentId}/segments/${number}`;
const chains = new Map();
const undone = new Map();

// Keeps and sends { state } or { target }; `seen` is the text that it was decided on.
export function change(number, changed, revision = revisionOf(number)) {
  const before = kept("change", number);
  const together = { revision, ...before, ...changed };
  // A new text is a draft, whatever was thought of the one before.
  if (changed.target !== undefined && changed.state === undefined) delete together.state;
  if (changed.state) showState(number, changed.state);
  keep("change", number, together);
  return inOrder(number, () => send(number));
}

export function showState(number, state) {
  const rung = rungOf(number);
  rung.dataset.state = state;
  rung.querySelector(".state").textContent = say(state);
  tell("state", number);
}

export const revisionOf = (number) => Number(rungOf(number).dataset.revision);

// What takes something back that was done to a segment and is no change of its state or text.
export function remember(number, takeBack) {
  undone.set(number, [...(undone.get(number) ?? []), takeBack]);
}

export function undo(number) {
  const takeBack = undone.get(number)?.pop();
  return inOrder(number, async () => {
    begin();
    try {
      if (takeBack) await takeBack();
      else await ask("POST", `${pathOf(number)}/undo`, { revision: revisionOf(number) });
      announce(say("undone", { number }));
    } catch (error) {
      if (error instanceof Refused && error.status === 409) announce(say("changed", { number }));
      else if (error instanceof Refused && error.status === 422) announce(say("nothing-to-undo", { number }));
      else complain(error);
    } finally {
      end();
    }
    await renew(number);
  });
}

// The rung as it is now, if there is a connection.
export async function renew(number) {
  await refresh(number).catch(() => {});
  tell("state", number);
}

function inOrder(number, act) {
  const after = (chains.get(number) ?? Promise.resolve()).then(act);
  chains.set(number, after.catch(() => {}));
  return after;
}

async function send(number) {
  const sent = kept("change", number);
  if (!sent) return;
  begin();
  try {
    const segment = await ask("PATCH", pathOf(number), sent);
    accept(number, sent, segment);
    await renew(number);
  } catch (error) {
    await cope(number, sent, error);
  } finally {
    end();
  }
}

function accept(number, sent, segment) {
  const now = kept("change", number);
  // More may have been done while it was on its way.
  if (JSON.stringify(now) === JSON.stringify(sent)) forget("change", number);
  else keep("change", number, { ...now, revision: segment.revision });
  rungOf(number).dataset.revision = segment.revision;
  undone.delete(number);
  if (sent.target !== undefined) {
    tell("edited", { number, text: sent.target, revision: segment.revision });
  }
  announce(
    sent.state ? say("state", { number, state: say(segment.state) }) : say("edited", { number }),
    ` ${say("saved")}`,
  );
}

async function cope(number, sent, error) {
  if (error instanceof Lost) return announceLost();
  if (error instanceof Refused && error.status === 401) return announce(...signIn());
  forget("change", number);
  if (error instanceof Refused && error.status === 409) {
    return openConflict(number, sent, error.problem.current);
  }
  await renew(number);
  complain(error);
}

function sendAll() {
  for (const number of numbersWith("change")) {
    if (rungOf(number)) inOrder(number, () => send(number));
  }
}

export function sendWhenPossible() {
  for (const number of numbersWith("change")) {
    const { state } = kept("change", number) ?? {};
    if (state && rungOf(number)) showState(number, state);
  }
  sendAll();
  addEventListener("online", sendAll);
  addEventListener("offline", announceLost);
  setInterval(sendAll, AGAIN);
}
