import type { Failure, Malformation } from './faults.js';
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
  return results.map((record, at) => (at === place && isJson(record) ? malformed(integration, record, failure.as) : record));
}

function isJson(record: unknown): record is Json {
  return typeof record === 'object' && record !== null && !Array.isArray(record);
}

function withUnknownKeys(integration: Integration, record: Json): Json {
  const added = { brand_new_field: hidden(integration, 'new'), brand_new_object: { mobile: hidden(integration, '+46701234567') } };
  const nested = Object.entries(record).map(([key, value]) => [key, isJson(value) ? { ...value, ...added } : value]);
  return { ...Object.fromEntries(nested), ...added };
}

function withUnknownEnums(integration: Integration, record: Json): Json {
  const present = ENUM_FIELDS.filter((field) => field in record);
  return { ...record, ...Object.fromEntries(present.map((field) => [field, hidden(integration, 'BRAND_NEW')])) };
}

function malformed(integration: Integration, record: Json, as: Malformation): unknown {
  const { id, ...rest } = record;
  switch (as) {
    case 'wrong-types':
      return { id, ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, wrongType(integration, value)])) };
    case 'missing-id':
      return rest;
    case 'bad-id':
      return { ...record, id: hidden(integration, "1' OR '1'='1") };
    case 'not-an-object':
      return hidden(integration, JSON.stringify(record).slice(0, 200));
    case 'null':
      return null;
    case 'nul-character':
      return withNames(record, (name) => `${name}\u0000`);
    case 'lone-surrogate':
      return withNames(record, (name) => `${name}\ud800`);
    case 'prototype-key':
      return Object.fromEntries([
        ...Object.entries(record),
        ['__proto__', { polluted: true }],
        ['constructor', { prototype: { polluted: true } }],
      ]);
    case 'too-large':
      return withNames(record, (name) => name.padEnd(2_000_000, 'x'));
    case 'too-deep':
      return { ...record, custom_fields: nest(2_000) };
  }
}

function wrongType(integration: Integration, value: unknown): unknown {
  return typeof value === 'string' ? { text: hidden(integration, value) } : hidden(integration, 'unexpected');
}

function withNames(record: Json, change: (name: string) => string): Json {
  const present = NAME_FIELDS.filter((field) => field in record);
  return { ...record, ...Object.fromEntries(present.map((field) => [field, change(String(record[field]))])) };
}

function nest(depth: number): unknown {
  let nested: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) nested = [nested];
  return nested;
}
