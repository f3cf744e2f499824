// Files dropped anywhere on the library are taken in: one as an article, several as a job.
// Without this script the page works by its plain forms.

import { say } from "./texts.js";

const one = document.querySelector(".put-in .one");
const many = document.querySelector(".put-in .many");
const sending = document.querySelector(".sending");
const filters = document.querySelector(".filters");

function take(files) {
  const form = files.length > 1 && many ? many : one;
  if (!form || !files.length) return;
  form.querySelector("input[type=file]").files = files;
  if (form === one) form.elements.text.value = "";
  sending.textContent = say("sending", { n: form === one ? 1 : files.length });
  form.requestSubmit();
}

if (one) {
  for (const kind of ["dragover", "dragleave", "drop"]) {
    addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      document.body.classList.toggle("over", kind === "dragover");
      if (kind === "drop") take(event.dataTransfer.files);
    });
  }
  one.addEventListener("submit", () => {
    one.querySelector(".go").disabled = true;
    sending.textContent ||= say("sending", { n: 1 });
  });
  // Coming back to the page, the form is to be used again.
  addEventListener("pageshow", () => {
    sending.textContent = "";
    one.querySelector(".go").disabled = one.querySelector(".go").hasAttribute("data-off");
  });
}

filters.addEventListener("change", (event) => {
  if (event.target.matches("select")) filters.requestSubmit();
});
// What was left empty need not be in the address.
filters.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
});
