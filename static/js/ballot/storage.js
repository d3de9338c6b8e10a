// The draft on the device. A browser may refuse to keep anything (private mode, full, forbidden): then the page's own
// entry in the history takes it, which at least outlives a reload.

/** Reads and writes one draft under one key; `kept` says whether the last write was kept. */
export class DeviceStorage {
  #closed = false;

  /** `person` tells apart those who share a device: what the history holds of another is neither read nor left there. */
  constructor(key, person) {
    Object.assign(this, { key, person });
    this.kept = this.#probe();
    this.#forgetOthers();
    addEventListener("popstate", () => this.#forgetOthers());
  }

  /** From now on nothing is written any more: the device goes to somebody else. */
  close() {
    this.#closed = true;
  }

  read(key = this.key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return this.person ? (history.state?.[key] ?? null) : null;
    }
  }

  /** A text that another page has left here, once; null where there is none. */
  take(key) {
    try {
      const text = localStorage.getItem(key);
      localStorage.removeItem(key);
      return text;
    } catch {
      return null;
    }
  }

  write(state) {
    if (this.#closed) return this.kept;
    try {
      localStorage.setItem(this.key, JSON.stringify(state));
      this.kept = true;
    } catch {
      this.kept = false;
      this.#writeToHistory(state);
    }
    return this.kept;
  }

  /** Calls back with the draft that another tab of this browser has written; one that has emptied it ends this page. */
  onOtherTab(callback) {
    addEventListener("storage", (event) => {
      if (event.key === null) location.reload();
      else if (event.key === this.key && event.newValue) callback(this.read());
    });
  }

  #forgetOthers() {
    if (this.person && history.state && history.state.person !== this.person) history.replaceState(null, "");
  }

  #writeToHistory(state) {
    try {
      history.replaceState({ person: this.person, [this.key]: state }, "");
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
