import { OUTWARD, RESOURCES } from '#libs/model';
import type { EntryContent, EntryKind } from './entry.js';
import { type Check, isListOf, isObject, isOneOf, isText, isTime } from './shape.js';

type ChecksOf<K extends EntryKind> = {
  readonly [Key in Exclude<keyof Extract<EntryContent, { readonly kind: K }>, 'kind'>]-?: Check;
};

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const hasExactly = (checks: Readonly<Record<string, Check>>, value: unknown): boolean =>
  isObject(value) &&
  Object.keys(value).every((key) => Object.hasOwn(checks, key)) &&
  Object.entries(checks).every(([key, check]) => check(value[key]));

const isCovers: Check = (value) => hasExactly({ read: isListOf(isOneOf(RESOURCES)), write: isListOf(isOneOf(OUTWARD)) }, value);

const isSha256: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/i.test(value);

const CHECKS: { readonly [K in EntryKind]: ChecksOf<K> } = {
  'dpa-signed': {
    documentVersion: isText,
    documentSha256: optional(isSha256),
    signedAt: isTime,
    effectiveFrom: isTime,
    effectiveTo: optional(isTime),
    covers: isCovers,
    subProcessors: isListOf(isText),
    recordedFor: isText,
  },
  'dpa-terminated': { effectiveFrom: isTime, endChoice: isOneOf(['delete', 'return']) },
  'integration-enabled': { by: isText },
  'integration-disabled': { by: isText },
  'sub-processor-objected': { subProcessor: isText },
};

const isKind = (value: unknown): value is EntryKind => typeof value === 'string' && Object.hasOwn(CHECKS, value);

/**
 * Whether this version of the service understands all that an entry says: a known kind with exactly its keys. An entry that a newer version
 * wrote may hold a condition that this one does not know, so nothing is skipped.
 */
export function isEntryContent(content: unknown): content is EntryContent {
  if (!isObject(content)) return false;
  const { kind, ...rest } = content;
  return isKind(kind) && hasExactly(CHECKS[kind], rest);
}
