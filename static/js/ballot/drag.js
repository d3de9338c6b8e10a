// Dragging by the handle with finger, pen or mouse. SortableJS (a classic script) does the following of the pointer.

const MOVE = 150; // milliseconds, as --move in the style sheet
const EDGE = 70; // from here on a long list scrolls while a card is held

/** Makes the rows of `list` draggable; `onDrop(code, place)` gets the place, from 1. */
export function letDrag(list, { onStart, onDrop }) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return new globalThis.Sortable(list, {
    draggable: "[data-code]",
    handle: "[data-handle]",
    animation: still ? 0 : MOVE,
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
