// The token by which the service knows a request for one that a page of ours made.

const place = (page) => page.querySelector('meta[name="csrf-token"]');

export const token = () => place(document).content;

// Takes that of a page which came later: its reader has signed in again on another tab.
export function takeToken(page) {
  const given = place(page)?.content;
  if (!given) return;
  place(document).content = given;
  for (const input of document.querySelectorAll("input[name=csrf_token]")) input.value = token();
}
