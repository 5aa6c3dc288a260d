import { createHash } from 'node:crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const VALUE_OF = new Map([...ALPHABET].map((character, value) => [character, value]));
/** Two characters at a time: a million records have several millions of ids. */
const PAIRS = [...ALPHABET].flatMap((first) => [...ALPHABET].map((second) => first + second));
const PAIR_COUNT = PAIRS.length;
const NUMBER_LENGTH = 6;
/** Inverse of each other modulo 2³²: what one multiplication hides, the other reveals. */
const ODD = 0x9e3779b1;
const ODD_INVERSE = 0x0e8b2f51;

/** What an id stands for. Users and candidates share one: Kombo's ids are unique per model only, the same one may occur in two. */
const SPACES = { user: 1, candidate: 1, job: 2, application: 3, stage: 4, other: 5 } as const;
export type IdSpace = keyof typeof SPACES;

/**
 * Kombo's ids of one integration: 24 base58 characters made of the integration's id and the record's number, as Kombo makes them of the
 * remote id. They need no table in either direction. (Form: Kombo OpenAPI, 2026-05-02; the derivation itself is ours.)
 */
export class IdMaker {
  readonly #key: number;
  readonly #checkKeys: readonly [number, number, number];

  constructor(integrationId: string) {
    const digest = createHash('sha256').update(integrationId).digest();
    this.#key = digest.readUInt32LE(0);
    this.#checkKeys = [digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12)];
  }

  idOf(space: IdSpace, number: number): string {
    const hidden = this.#hide(space, number);
    const [a, b, c] = this.#checkKeys;
    return pairs(hidden) + pairs(mix(hidden ^ a)) + pairs(mix(hidden ^ b)) + pairs(mix(hidden ^ c));
  }

  /** The record's number; undefined where the id is not one of this integration. */
  numberOf(space: IdSpace, id: string): number | undefined {
    let hidden = 0;
    for (const character of id.slice(0, NUMBER_LENGTH)) hidden = hidden * 58 + (VALUE_OF.get(character) ?? 0);
    const number = this.#reveal(space, hidden);
    return this.idOf(space, number) === id ? number : undefined;
  }

  #hide(space: IdSpace, number: number): number {
    const spread = Math.imul(number ^ this.#key ^ (SPACES[space] << 28), ODD);
    return (spread ^ (spread >>> 16)) >>> 0;
  }

  #reveal(space: IdSpace, hidden: number): number {
    const spread = hidden ^ (hidden >>> 16);
    return (Math.imul(spread, ODD_INVERSE) ^ this.#key ^ (SPACES[space] << 28)) >>> 0;
  }
}

/** A new id that means nothing: an integration's, a sync's. */
export function freeId(source: string): string {
  const digest = createHash('sha256').update(source).digest();
  return Array.from(digest.subarray(0, 24), (byte) => ALPHABET[byte % 58]).join('');
}

export const ID_PATTERN = /^[1-9A-HJ-NP-Za-km-z]{24}$/;

/** Six characters that hold a number below 2³². */
function pairs(value: number): string {
  const rest = Math.floor(value / PAIR_COUNT);
  return (PAIRS[Math.floor(rest / PAIR_COUNT)] ?? '') + (PAIRS[rest % PAIR_COUNT] ?? '') + (PAIRS[value % PAIR_COUNT] ?? '');
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
