// What was typed or done and has not reached the service, in the storage of the browser.
//
// It is its author's: whoever signs in to the same browser next must not sign it.

import { documentId, person } from "./page.js";

const place = (kind, number) => `visavis:${encodeURIComponent(person)}:${documentId}:${kind}:${number}`;

export function keep(kind, number, value) {
  try {
    localStorage.setItem(place(kind, number), JSON.stringify(value));
  } catch {
    // A browser that stores nothing still has it on the page.
  }
}

export function kept(kind, number) {
  try {
    return JSON.parse(localStorage.getItem(place(kind, number)));
  } catch {
    return null;
  }
}

export function forget(kind, number) {
  try {
    localStorage.removeItem(place(kind, number));
  } catch {
    // It was never kept.
  }
}

// The numbers of the segments that have something of this kind.
export function numbersWith(kind) {
  const start = place(kind, "");
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(start))
      .map((key) => Number(key.slice(start.length)));
  } catch {
    return [];
  }
}
