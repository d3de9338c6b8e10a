// The workshop's cards at the desk: how many are ticked, and a card that looks as its words were saved.

import { _ } from "./ballot/words.js";
import { saves } from "./saved.js";

for (const form of document.querySelectorAll("[data-ticks]")) {
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const { least, picks } = form.dataset;

  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    const said = [_("%(n)s of %(all)s ticked.", { n: ticked, all: boxes.length })];
    if (ticked < least) said.push(_("A deck has at least %(n)s.", { n: least }));
    else if (ticked < picks) said.push(_("Everybody then chooses up to %(n)s instead of %(before)s.", { n: ticked, before: picks }));
    form.querySelector("[data-ticked]").textContent = said.join(" ");
  };

  form.querySelector("[data-with-script]").hidden = false;
  form.addEventListener("change", count);
  for (const button of form.querySelectorAll("[data-tick]"))
    button.addEventListener("click", () => {
      for (const box of boxes) box.checked = button.dataset.tick === "all";
      count();
    });
  count(); // a reload keeps the ticks in some browsers
}

for (const form of document.querySelectorAll("[data-saves]")) {
  const place = form.closest("li").querySelector("[data-card]");
  saves(form, ({ card }) => {
    const turned = Boolean(place.querySelector("details[open]"));
    place.innerHTML = card; // as the server wrote it, escaped
    if (turned && place.querySelector("details")) place.querySelector("details").open = true;
  });
}
