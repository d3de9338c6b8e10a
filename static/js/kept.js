// The welcome page of a locked group: cards that wait on this device alone can be gone back to. The server cannot know.

const way = document.querySelector("[data-kept]");
try {
  way.hidden = localStorage.getItem(way.dataset.kept) === null;
} catch {
  // Nothing waits here, as this browser keeps nothing.
}
