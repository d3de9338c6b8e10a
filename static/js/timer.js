// Counts down from what the server said was left. The device's own clock may be wrong, so only the time that has passed
// on it since then is taken, and the server is asked again by whoever shows the page.

let heard = null; // the element that said it, what it said, and when
const shown = () => document.querySelector("[data-timer]");

function tick() {
  const timer = shown();
  if (!timer) return;
  if (heard?.timer !== timer || heard.left !== timer.dataset.left) heard = { timer, left: timer.dataset.left, at: performance.now() };
  const left = Math.max(0, Math.ceil(Number(heard.left) - (performance.now() - heard.at) / 1000));
  const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  const place = timer.querySelector("[data-shown]");
  if (place.textContent !== text) place.textContent = text;
  timer.classList.toggle("timer-over", left === 0);
}

tick();
setInterval(tick, 250);
