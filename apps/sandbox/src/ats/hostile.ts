import type { Failure, Malformation } from '../serving/faults.js';
import { hidden, type Account } from './account.js';
import type { ListAnswer } from './vendor.js';

type Json = Record<string, unknown>;

const IDS = new Set(['id', 'shortcode', 'contact']);
const NAMES = /name|title|^text$/i;
const ENUMS = /^(status|state|visibility|human-status|postingStatus|stage_kind)$/;

/** A list's items with what the faults put into them. */
export function spoilItems(account: Account, { items, indexes }: ListAnswer, failures: readonly Failure[]): readonly unknown[] {
  return failures.reduce<readonly unknown[]>((spoiled, failure) => {
    if (failure.kind === 'unknown-keys') return spoiled.map((item) => (isJson(item) ? withUnknownKeys(account, item) : item));
    if (failure.kind === 'unknown-enums')
      return spoiled.map((item) => deeply(item, (key, value) => (ENUMS.test(key) ? 'BRAND_NEW' : value)));
    if (failure.kind !== 'malformed') return spoiled;
    const place = failure.record === null ? 0 : (indexes ?? []).indexOf(failure.record);
    return spoiled.map((item, at) => (at === place && isJson(item) ? MALFORMED[failure.as](account, item) : item));
  }, items);
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

function withUnknownKeys(account: Account, item: Json): Json {
  const added = { brand_new_field: hidden(account, 'new'), [hidden(account, 'is_pregnant')]: { mobile: hidden(account, '+46701234567') } };
  const widened: Json = { ...item, ...added };
  for (const [key, value] of Object.entries(item)) if (isJson(value)) widened[key] = { ...value, ...added };
  return widened;
}

type Malform = (account: Account, item: Json) => unknown;

const MALFORMED: { readonly [As in Malformation]: Malform } = {
  'wrong-types': (account, item) => mapValues(item, (key, value) => (IDS.has(key) ? value : wrongType(account, value))),
  'missing-id': (_, item) => Object.fromEntries(Object.entries(item).filter(([key]) => !IDS.has(key))),
  'bad-id': (account, item) => mapValues(item, (key, value) => (IDS.has(key) ? hidden(account, "1' OR '1'='1") : value)),
  'not-an-object': (account, item) => hidden(account, JSON.stringify(item).slice(0, 200)),
  null: () => null,
  'nul-character': (_, item) => withNames(item, (name) => `${name}\u0000`),
  'lone-surrogate': (_, item) => withNames(item, (name) => `${name}\ud800`),
  'prototype-key': (_, item) =>
    Object.defineProperties(
      { ...item },
      Object.getOwnPropertyDescriptors({ ['__proto__']: { polluted: true }, constructor: { polluted: true } }),
    ),
  'too-large': (_, item) => withNames(item, (name) => name.padEnd(200_000, 'x')),
  'too-deep': (_, item) => ({ ...item, custom_fields: nest(2_000) }),
};

const withNames = (item: Json, change: (name: string) => string): unknown =>
  deeply(item, (key, value) => (NAMES.test(key) && typeof value === 'string' ? change(value) : value));

function deeply(value: unknown, change: (key: string, value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => deeply(part, change));
  return isJson(value) ? mapValues(value, (key, part) => change(key, deeply(part, change))) : value;
}

const mapValues = (item: Json, change: (key: string, value: unknown) => unknown): Json =>
  Object.fromEntries(Object.entries(item).map(([key, value]) => [key, change(key, value)]));

const wrongType = (account: Account, value: unknown): unknown =>
  typeof value === 'string' ? { text: hidden(account, value) } : hidden(account, 'unexpected');

function nest(depth: number): unknown {
  let nested: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) nested = [nested];
  return nested;
}
