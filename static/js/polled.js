// Where a part of the page is asked for anew and does not come, the page says so until one comes again.

const lost = document.querySelector("[data-lost]");
const say = (words) => { if (lost.textContent !== words) lost.textContent = words; };

document.addEventListener("htmx:error", () => say(lost.dataset.lost));
document.addEventListener("htmx:after:request", ({ detail }) => {
  const { status } = detail.ctx.response;
  if (status >= 500) say(lost.dataset.lost);
  else if (status >= 400) location.reload(); // the page is no longer open here: it says itself why
  else say("");
});
