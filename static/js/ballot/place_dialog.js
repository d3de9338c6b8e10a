// "Move to place…": any place in one tap.

/** The dialog; `onChoose(code, place)` is called with the place, from 1. */
export class PlaceDialog {
  constructor(element, onChoose) {
    Object.assign(this, { element, code: null });
    this.find = (name) => element.querySelector(`[data-${name}]`);
    this.find("close").addEventListener("click", () => element.close());
    this.find("numbers").addEventListener("click", (event) => {
      const place = Number(event.target.closest("[data-place]")?.dataset.place);
      if (!place) return;
      element.close();
      onChoose(this.code, place);
    });
  }

  open(code, title, place, count) {
    this.code = code;
    this.find("title").textContent = title;
    const buttons = Array.from({ length: count }, (_none, index) => placeButton(index + 1, index + 1 === place));
    this.find("numbers").replaceChildren(...buttons);
    this.element.showModal();
    buttons[place - 1].focus();
  }
}

function placeButton(place, present) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.place = place;
  button.textContent = place;
  if (present) button.setAttribute("aria-current", "true");
  return button;
}
