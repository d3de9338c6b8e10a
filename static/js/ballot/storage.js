// The draft on the device. A browser may refuse to keep anything (private mode, full, forbidden): then the page's own
// entry in the history takes it, which at least outlives a reload.

/** Reads and writes one draft under one key; `kept` says whether the last write was kept. */
export class DeviceStorage {
  constructor(key) {
    this.key = key;
    this.kept = this.#probe();
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return history.state?.[this.key] ?? null;
    }
  }

  write(state) {
    try {
      localStorage.setItem(this.key, JSON.stringify(state));
      this.kept = true;
    } catch {
      this.kept = false;
      this.#writeToHistory(state);
    }
    return this.kept;
  }

  /** Calls back with the draft that another tab of this browser has written. */
  onOtherTab(callback) {
    addEventListener("storage", (event) => {
      if (event.key === this.key && event.newValue) callback(this.read());
    });
  }

  #writeToHistory(state) {
    try {
      history.replaceState({ ...history.state, [this.key]: state }, "");
    } catch {
      // Too often or too much for this browser: the server's copy is what remains, and the page has said so.
    }
  }

  #probe() {
    const key = `${this.key}?`;
    try {
      localStorage.setItem(key, "1");
      localStorage.removeItem(key);
      return true;
    } catch {
      return false;
    }
  }
}
