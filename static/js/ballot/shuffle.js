// An order of one's own for each person, the same after every reload: a seeded shuffle.

/** A seed of 32 bits. `crypto.randomUUID` is missing on plain http; `getRandomValues` is not. */
export function newSeed() {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}

/** 32 hexadecimal characters that name one ballot, however often it is sent. */
export function newBallotId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The items in the order that belongs to the seed (Fisher and Yates); the given array stays as it is. */
export function shuffled(items, seed) {
  const next = randomNumbers(seed);
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const pick = Math.floor(next() * (last + 1));
    [result[last], result[pick]] = [result[pick], result[last]];
  }
  return result;
}

// mulberry32: 32 bits of state are plenty for putting a hand of cards into an order.
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
