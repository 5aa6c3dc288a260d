import type { Failure, Malformation } from '../serving/faults.js';
import type { Integration } from './integration.js';
import type { ListPage } from './list.js';
import { hidden, type Json } from './records/parts.js';

const NAME_FIELDS = ['name', 'first_name', 'last_name'] as const;
const ENUM_FIELDS = ['status', 'visibility', 'outcome', 'employment_type', 'remote_work_status', 'salary_period'] as const;

/** A list's results with what the faults put into them. */
export function spoilResults(integration: Integration, page: ListPage, failures: readonly Failure[]): unknown[] {
  return failures.reduce<unknown[]>((results, failure) => spoil(integration, page, results, failure), page.results);
}

function spoil(integration: Integration, page: ListPage, results: unknown[], failure: Failure): unknown[] {
  if (failure.kind === 'unknown-keys') return results.map((record) => (isJson(record) ? withUnknownKeys(integration, record) : record));
  if (failure.kind === 'unknown-enums') return results.map((record) => (isJson(record) ? withUnknownEnums(integration, record) : record));
  if (failure.kind !== 'malformed') return results;
  const place = failure.record === null ? 0 : page.indexes.indexOf(failure.record);
  return results.map((record, at) => (at === place && isJson(record) ? MALFORMED[failure.as](integration, record) : record));
}

function isJson(record: unknown): record is Json {
  return typeof record === 'object' && record !== null && !Array.isArray(record);
}

function withUnknownKeys(integration: Integration, record: Json): Json {
  const added = {
    brand_new_field: hidden(integration, 'new'),
    brand_new_object: { mobile: hidden(integration, '+46701234567') },
    // A key may say it all by itself.
    [hidden(integration, 'is_pregnant')]: true,
  };
  const widened: Json = { ...record, ...added };
  for (const [key, value] of Object.entries(record)) if (isJson(value)) widened[key] = { ...value, ...added };
  return widened;
}

function withUnknownEnums(integration: Integration, record: Json): Json {
  const present = ENUM_FIELDS.filter((field) => field in record);
  return { ...record, ...Object.fromEntries(present.map((field) => [field, hidden(integration, 'BRAND_NEW')])) };
}

type Malform = (integration: Integration, record: Json) => unknown;

const MALFORMED: { readonly [As in Malformation]: Malform } = {
  'wrong-types': (integration, { id, ...rest }) => {
    const wrong: Json = { id };
    for (const [key, value] of Object.entries(rest)) wrong[key] = wrongType(integration, value);
    return wrong;
  },
  'missing-id': (_, { id: _id, ...rest }) => rest,
  'bad-id': (integration, record) => ({ ...record, id: hidden(integration, "1' OR '1'='1") }),
  'not-an-object': (integration, record) => hidden(integration, JSON.stringify(record).slice(0, 200)),
  null: () => null,
  'nul-character': (_, record) => withNames(record, (name) => `${name}\u0000`),
  'lone-surrogate': (_, record) => withNames(record, (name) => `${name}\ud800`),
  'prototype-key': (_, record) => withKeys(record, { ['__proto__']: { polluted: true }, constructor: { prototype: { polluted: true } } }),
  'too-large': (_, record) => withNames(record, (name) => name.padEnd(2_000_000, 'x')),
  'too-deep': (_, record) => ({ ...record, custom_fields: nest(2_000) }),
};

function wrongType(integration: Integration, value: unknown): unknown {
  return typeof value === 'string' ? { text: hidden(integration, value) } : hidden(integration, 'unexpected');
}

function withNames(record: Json, change: (name: string) => string): Json {
  const present = NAME_FIELDS.filter((field) => field in record);
  return { ...record, ...Object.fromEntries(present.map((field) => [field, change(String(record[field]))])) };
}

/** Own keys, `__proto__` among them: an assignment would set the prototype instead. */
function withKeys(record: Json, keys: Json): Json {
  return Object.defineProperties({ ...record }, Object.getOwnPropertyDescriptors(keys));
}

function nest(depth: number): unknown {
  let nested: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) nested = [nested];
  return nested;
}
