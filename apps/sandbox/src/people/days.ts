import { draw } from './draw.js';

const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(2024, 0, 8, 7, 30);
const CREATED_WITHIN_DAYS = 800;

/** Nothing that the seed makes changed at or after this moment: what changes later was changed through the control API. */
export const SEEDED_UNTIL_MS = FIRST_MS + (CREATED_WITHIN_DAYS + 45) * DAY_MS;

export interface Days {
  readonly createdMs: number;
  readonly updatedMs: number;
  /** When a mirror such as Kombo's took over the last edit. */
  readonly seenMs: number;
}

/** `topic` tells the resources apart. In no order of number: a later number may be older. */
export function daysOf(seed: number, index: number, topic: number): Days {
  const drawn = draw(seed, index, topic);
  const other = draw(seed, index, topic + 1);
  const createdMs = FIRST_MS + (drawn % CREATED_WITHIN_DAYS) * DAY_MS + (other % DAY_MS);
  const updatedMs = createdMs + (draw(seed, index, topic + 2) % (40 * DAY_MS));
  return { createdMs, updatedMs, seenMs: updatedMs + 3_600_000 + (drawn % 7_200_000) };
}
