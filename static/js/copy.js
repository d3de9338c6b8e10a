// Copy buttons. On plain http there is no clipboard API, so a hidden text field serves instead.

import { _ } from "./ballot/words.js";

function copyByField(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // refused by the browser: the field below still works
    }
  }
  return copyByField(text);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copy(button.dataset.copy);
    button.parentElement.querySelector("[data-copied]").textContent = done
      ? _("Copied.")
      : _("This browser does not allow copying. Select it and copy it by hand.");
    button.focus();
  });
}
