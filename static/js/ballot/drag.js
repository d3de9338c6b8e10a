// Dragging by the handle with finger, pen or mouse. SortableJS (a classic script) does the following of the pointer.

import { afterPaint } from "./paint.js";

const MOVE = 150; // milliseconds, as --move in the style sheet
const AGAIN = 5000; // milliseconds until a library that did not come is asked for again
const EDGE = 70; // from here on a long list scrolls while a card is held

/** Makes the rows of `list` draggable once the library is there; `onDrop(code, place)` gets the place, from 1. */
export async function letDrag(list, { url, onStart, onDrop }) {
  await load(url);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  new globalThis.Sortable(list, {
    draggable: "[data-code]",
    handle: "[data-handle]",
    direction: "vertical", // else it asks the style of the list at each drag
    animation: still ? 0 : MOVE,
    avoidImplicitDeselect: true, // or each tap anywhere would look for several rows taken together
    forceFallback: true, // the same feel for finger and mouse, and a card that follows at once
    fallbackTolerance: 0,
    preventOnFilter: false,
    scroll: true,
    scrollSensitivity: EDGE,
    chosenClass: "held",
    ghostClass: "gap",
    dragClass: "in-hand",
    onStart,
    onEnd: ({ item }) => onDrop(item.dataset.code, [...list.children].filter((row) => row.dataset.code).indexOf(item) + 1),
  });
}

// After the first card has been painted: nobody drags before, and the first card should not wait for it.
function load(url) {
  return new Promise((resolve) => {
    const fetchIt = () => {
      const script = document.createElement("script");
      script.src = url;
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => setTimeout(fetchIt, AGAIN)); // taps and keys work meanwhile
      document.head.append(script);
    };
    afterPaint(fetchIt);
  });
}
