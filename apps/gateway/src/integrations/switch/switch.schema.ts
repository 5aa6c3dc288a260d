import { ERROR_KINDS, MATCH_RULES, RESOURCES, SWITCH_STATES } from '#libs/model';
import {
  component,
  count,
  list,
  mapOf,
  object,
  oneOf,
  orNull,
  text,
  textOrNull,
  time,
  timeOrNull,
  uuid,
  uuidOrNull,
} from '../../http/openapi-schema.js';

const SAMPLE = component('SwitchSample', object({ count, ids: { ...list(text), description: 'The first 20.' } }));

const RESOURCE_DIFF = component(
  'SwitchResourceDiff',
  object({
    here: count,
    there: count,
    matched: object(Object.fromEntries(MATCH_RULES.map((rule) => [rule, count]))),
    onlyHere: SAMPLE,
    onlyThere: SAMPLE,
    ambiguous: SAMPLE,
    fields: mapOf(object({ equal: count, different: SAMPLE })),
  }),
);

const GAIN = object({ lost: list(text), gained: list(text) });

export const PREVIEW = component('SwitchPreview', object({ fields: GAIN, capabilities: GAIN }));

export const SWITCH = component(
  'Switch',
  object({
    id: uuid,
    tenantId: uuid,
    fromIntegrationId: { ...uuidOrNull, description: 'Null where none was active.' },
    toIntegrationId: uuid,
    state: oneOf(SWITCH_STATES),
    nextStep: textOrNull,
    reason: textOrNull,
    askedBy: text,
    askedAt: time,
    documentVersion: { ...textOrNull, description: 'Of the agreement under which it was asked for, then cut over.' },
    preview: PREVIEW,
    progress: object({
      pages: count,
      read: object(Object.fromEntries(RESOURCES.map((resource) => [resource, count]))),
      setAside: count,
      unavailable: list(oneOf(RESOURCES)),
    }),
    verdict: orNull(oneOf(['ready', 'blocked'])),
    reasons: list(text),
    diff: orNull(object(Object.fromEntries([...RESOURCES, 'stage'].map((resource) => [resource, RESOURCE_DIFF])))),
    error: orNull(oneOf(ERROR_KINDS)),
    comparedAt: timeOrNull,
    cutOverAt: timeOrNull,
    cutOverBy: textOrNull,
    accepted: list(text),
    rollbackUntil: timeOrNull,
    rolledBackAt: timeOrNull,
    rolledBackBy: textOrNull,
  }),
);

export const SWITCHES = object({ data: list(SWITCH) });
