// Asks the service, and tells a lost connection from a refusal.

import { takeToken, token } from "../token.js";
import { person } from "./page.js";

export class Lost extends Error {}

export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? String(status));
    this.status = status;
    this.problem = problem;
  }
}

// In milliseconds: an edit is aligned by a model, which may be busy.
const PATIENCE = 30_000;
// A gateway that finds no service, and a service that has too much to do: trying again helps.
const PASSING = new Set([429, 502, 503, 504]);

export async function ask(method, path, body) {
  try {
    return await send(method, path, body);
  } catch (error) {
    if (error.problem?.field !== "csrf_token") throw error;
    await stay();
    return send(method, path, body);
  }
}

// Goes on in another session, if whoever has begun it on another tab is still the same person.
async function stay() {
  const text = await send("GET", location.pathname);
  const page = new DOMParser().parseFromString(text, "text/html");
  if (page.querySelector("#bench")?.dataset.person !== person) throw new Refused(401, {});
  takeToken(page);
}

async function send(method, path, body) {
  const headers = {};
  if (method !== "GET") headers["X-CSRF-Token"] = token();
  if (body) headers["Content-Type"] = "application/json";
  let response, text;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal });
    text = await response.text();
  } catch {
    throw new Lost();
  }
  if (PASSING.has(response.status)) throw new Lost();
  const json = /\bjson\b/.test(response.headers.get("Content-Type"));
  if (response.ok) return json ? JSON.parse(text) : text;
  throw new Refused(response.status, json ? JSON.parse(text) : {});
}
