// Times of day come on the server's clock, which may stand in another time zone: here they become this device's.

const status = document.querySelector("#status");
const format = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

function tellHere() {
  for (const time of status.querySelectorAll("time[data-clock]")) {
    const here = new Date(time.dateTime).toLocaleTimeString([], format);
    if (time.textContent !== here) time.textContent = here;
  }
}

tellHere();
new MutationObserver(tellHere).observe(status, { childList: true, characterData: true, subtree: true });
