import type { SchemaObject } from '@nestjs/swagger';
import { REASONS } from '#libs/consent';
import { OUTWARD, RESOURCES } from '#libs/model';
import { propertiesOf } from '../http/openapi-input.js';
import { component, list, object, oneOf, ref, text, textOrNull, time, timeOrNull, truth, uuid } from '../http/openapi-schema.js';
import { ConsentEntryBody } from './consent.dto.js';

type Key = Exclude<keyof ConsentEntryBody, 'kind'>;
type Kind = ConsentEntryBody['kind'];

/** The keys of each kind; `?` where one may be left out. */
const KEYS: { readonly [K in Kind]: readonly (Key | `${Key}?`)[] } = {
  'dpa-signed': [
    'documentVersion',
    'documentSha256?',
    'signedAt',
    'effectiveFrom',
    'effectiveTo?',
    'covers',
    'subProcessors',
    'recordedFor',
  ],
  'dpa-terminated': ['effectiveFrom', 'endChoice'],
  'integration-enabled': ['by'],
  'integration-disabled': ['by'],
  'sub-processor-objected': ['subProcessor'],
};

const properties = propertiesOf(ConsentEntryBody);
const schemaOf = (key: string) => (key === 'covers' ? ref('CoversBody') : (properties.get(key)?.schema ?? {}));

function entryOf(kind: string, keys: readonly string[]): SchemaObject {
  const names = keys.map((key) => key.replace('?', ''));
  const { required = [], ...schema } = object({ kind: oneOf([kind]), ...Object.fromEntries(names.map((name) => [name, schemaOf(name)])) });
  return { title: kind, ...schema, required: required.filter((name) => !keys.includes(`${name}?`)) };
}

/** Takes the place of what Nest makes of the class, which cannot say which keys belong together. */
const ENTRY = component(ConsentEntryBody.name, { oneOf: Object.entries(KEYS).map(([kind, keys]) => entryOf(kind, keys)) });

export const LEDGER_ENTRY = component(
  'LedgerEntry',
  object({
    tenantId: uuid,
    seq: { type: 'integer', minimum: 1 },
    recordedAt: time,
    recordedBy: text,
    content: ENTRY,
    previousHash: textOrNull,
    hash: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256; binds the entry to all before it.' },
  }),
);
export const LEDGER = object({ data: list(LEDGER_ENTRY), intact: truth });

export const DECISION = component(
  'ConsentDecision',
  object({
    open: { ...truth, description: 'Whether data may move at all.' },
    epoch: { type: 'string', pattern: '^\\d+$', description: 'Moves with every change of what may flow.' },
    read: list(oneOf(RESOURCES)),
    write: list(oneOf(OUTWARD)),
    subProcessors: list(text),
    reasons: list(oneOf(REASONS)),
    documentVersion: textOrNull,
    nextChangeAt: { ...timeOrNull, description: 'When time alone may change the decision.' },
  }),
);

const FIELD = object({
  name: text,
  category: oneOf(['identity', 'contact', 'process', 'organisational', 'reference']),
  personal: truth,
  purpose: text,
});
export const FIELDS = object({ data: list(object({ resource: oneOf(RESOURCES), fields: list(FIELD) })) });
