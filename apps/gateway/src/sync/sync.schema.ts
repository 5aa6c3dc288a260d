import { CONSENT_KINDS, ERROR_KINDS, INTEGRATION_STATES, INTEGRATION_TYPES, RESOURCES } from '#libs/model';
import { component, count, list, mapOf, object, oneOf, orNull, text, textOrNull, time, timeOrNull, uuid } from '../http/openapi-schema.js';

const PROGRESS = component(
  'SyncProgress',
  object({
    pages: count,
    read: count,
    created: count,
    changed: count,
    unchanged: count,
    deleted: count,
    heldDeletions: { ...count, description: 'Deletions that wait for a person to decide.' },
    setAside: { ...count, description: 'Malformed records; none of them is deleted.' },
    droppedFields: {
      ...mapOf(count),
      description: 'How often each field was there and was not taken: documented names; `*` for anything else.',
    },
    unavailable: {
      ...list(oneOf(RESOURCES)),
      description: 'Not offered by the source (any more); the run went on without them, and failed.',
    },
  }),
);

export const RUN = component(
  'SyncRun',
  object({
    id: uuid,
    integrationId: uuid,
    mode: oneOf(['full', 'delta']),
    cause: {
      ...oneOf(['person', 'schedule', 'webhook', 'start']),
      description: 'Why it was asked for; `start`: what decides what flows had changed.',
    },
    resources: list(oneOf(RESOURCES)),
    state: oneOf(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
    requestedAt: time,
    startedAt: timeOrNull,
    finishedAt: timeOrNull,
    error: orNull(oneOf(ERROR_KINDS)),
    progress: PROGRESS,
  }),
);
export const RUNS = object({ data: list(RUN) });

export const DELETIONS_DECIDED = object({ decision: oneOf(['carry-out', 'keep']), held: count, deleted: count });

const STANDING = {
  state: oneOf(INTEGRATION_STATES),
  stateCode: textOrNull,
  nextStep: { ...textOrNull, description: 'What to do; null where nothing is to be done.' },
};

const FRESHNESS = object({
  count,
  freshAsOf: { ...timeOrNull, description: 'The source was last read completely then.' },
  fullReadAt: timeOrNull,
});

export const STATUS = component(
  'Status',
  object({
    tenantId: uuid,
    consent: { ...orNull(oneOf(CONSENT_KINDS)), description: 'Why records are not served; null where they are.' },
    integration: orNull(object({ id: uuid, type: oneOf(INTEGRATION_TYPES), ats: text, ...STANDING, findings: list(text) })),
    resources: {
      type: 'object',
      properties: Object.fromEntries(RESOURCES.map((resource) => [resource, FRESHNESS])),
      additionalProperties: false,
      description: 'Every resource; none without an active integration.',
    },
    lastRun: orNull(RUN),
    nextRunAt: timeOrNull,
    webhooks: {
      ...object({ lastAt: timeOrNull, missed: count }),
      description: 'What the source’s webhooks announced; `missed`: how often a poll found changes that none had announced.',
    },
  }),
);
