// The line that says what is saved, what is not, and what has just been done.

import { say } from "../texts.js";
import { numbersWith } from "./kept.js";
import { element } from "./page.js";
import { Lost, Refused } from "./service.js";

const line = document.querySelector("#bar .saving");
let busy = 0;

export function announce(text, ...more) {
  line.replaceChildren(text, ...more);
}

export function begin() {
  busy += 1;
  announce(say("saving"));
}

export function end() {
  busy -= 1;
}

// What is kept for want of a connection, if anything is.
export function announceLost() {
  announce(say("lost", { n: numbersWith("change").length }));
}

// What went wrong, in the line or in a place of its own.
export function complain(error, place = line) {
  if (error instanceof Lost) place.replaceChildren(say("disconnected"));
  else if (error instanceof Refused && error.status === 401) place.replaceChildren(...signIn());
  else if (error instanceof Refused) place.replaceChildren(say("failed", { reason: error.message }));
  else throw error;
}

export function signIn() {
  const back = encodeURIComponent(location.pathname + location.search);
  return [say("signed-out"), " ", element("a", { href: `/sign-in?next=${back}` }, say("sign-in"))];
}

addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault();
});
