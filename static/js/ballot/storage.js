// The draft on the device. A browser may refuse to keep anything (private mode, full, forbidden): then null and false.

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
      return null;
    }
  }

  write(state) {
    try {
      localStorage.setItem(this.key, JSON.stringify(state));
      this.kept = true;
    } catch {
      this.kept = false;
    }
    return this.kept;
  }

  /** Calls back with the draft that another tab of this browser has written. */
  onOtherTab(callback) {
    addEventListener("storage", (event) => {
      if (event.key === this.key && event.newValue) callback(this.read());
    });
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
