// Moving a card in a ranking: pure functions on arrays of codes. Places count from 1.

/** The ranking with `code` at `place`; places beyond either end mean that end. */
export function moveTo(ranking, code, place) {
  const rest = ranking.filter((other) => other !== code);
  const index = Math.min(Math.max(place, 1), ranking.length) - 1;
  return [...rest.slice(0, index), code, ...rest.slice(index)];
}

/** The card's place, from 1; 0 when it is not ranked. */
export function placeOf(ranking, code) {
  return ranking.indexOf(code) + 1;
}

const KEYS = {
  ArrowUp: (place) => place - 1,
  ArrowDown: (place) => place + 1,
  Home: () => 1,
  End: (_place, count) => count,
};

/** Where a key sends the card at `place` of `count`; null for all other keys. */
export function placeForKey(key, place, count) {
  return KEYS[key]?.(place, count) ?? null;
}
