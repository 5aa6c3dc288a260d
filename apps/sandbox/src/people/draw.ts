/**
 * A number 0…2³²−1 that depends on nothing but its arguments: the same record comes out however often and in whatever order it is asked for,
 * so a million of them need no memory. `topic` keeps the draws for one record independent of one another.
 */
export function draw(seed: number, index: number, topic: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35) ^ Math.imul(topic + 1, 0x27d4eb2f);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** One of `choices`; evenly. */
export function pick<T>(choices: readonly [T, ...T[]], drawn: number): T {
  const chosen = choices[drawn % choices.length];
  // A choice may be null.
  return chosen === undefined ? choices[0] : chosen;
}

/** True for about `perMille` of 1,000 draws. */
export function happens(drawn: number, perMille: number): boolean {
  return drawn % 1_000 < perMille;
}
