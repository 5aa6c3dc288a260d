import { INTEGRATION_STATES, INTEGRATION_TYPES, RESOURCES } from '#libs/model';
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
  truth,
  uuid,
} from '../http/openapi-schema.js';

export const FINDING = component(
  'Finding',
  object({
    code: text,
    names: { ...list(text), description: 'From the source’s documentation; `*` for anything it does not name.' },
    nextStep: textOrNull,
  }),
);

const PROPERTIES = {
  id: uuid,
  tenantId: uuid,
  type: oneOf(INTEGRATION_TYPES),
  ats: text,
  connector: text,
  settings: mapOf(text),
  hasCredentials: truth,
  active: truth,
  state: oneOf(INTEGRATION_STATES),
  stateCode: { ...textOrNull, description: 'Why: a code of the connector’s, from a check, a webhook or a failed run.' },
  nextStep: { ...textOrNull, description: 'What to do; null where nothing is to be done.' },
  findings: { ...list(FINDING), description: 'What differs from what the allowlist needs and admits.' },
  checkedAt: { ...timeOrNull, description: 'The source was last asked then.' },
  createdAt: time,
  updatedAt: time,
};

export const INTEGRATION = component('Integration', object(PROPERTIES, 'Credentials never come back.'));

const KEPT = object({ records: count, kept: { ...count, description: 'Their ids stay.' } });

export const ACTIVATED = component(
  'ActivatedIntegration',
  object({ ...PROPERTIES, ids: object(Object.fromEntries(RESOURCES.map((resource) => [resource, KEPT]))) }),
);
export const INTEGRATIONS = object({ data: list(INTEGRATION) });

export const CHECK = component(
  'Check',
  object({
    ready: { ...truth, description: 'Whether the source would answer reads now.' },
    code: { ...text, description: 'From a closed list of the connector’s.' },
    nextStep: { ...textOrNull, description: 'What to do; null where nothing is to be done.' },
    findings: list(FINDING),
  }),
);

export const CONNECT_LINK = component(
  'ConnectLink',
  object({
    url: { type: 'string', format: 'uri-reference', description: 'For the customer to open.' },
    purpose: oneOf(['connect', 'relink', 'setup']),
  }),
);

const FORM_FIELD = component(
  'FormField',
  object({
    name: text,
    label: text,
    help: text,
    required: truth,
    pattern: { ...text, description: 'A regular expression that the whole value matches.' },
  }),
);
const READ = object({
  fields: list(text),
  delta: oneOf(['updated-after', 'sync-token', 'none']),
  deletions: oneOf(['reported', 'by-absence']),
});

export const CONNECTORS_ANSWER = object({
  data: list(
    component(
      'Connector',
      object({
        connector: text,
        name: text,
        type: oneOf(INTEGRATION_TYPES),
        ats: { ...text, description: '`*`: any ATS; name the tenant’s.' },
        docsUrl: { type: 'string', format: 'uri-reference' },
        settings: list(FORM_FIELD),
        credentials: list(FORM_FIELD),
        capabilities: object({
          check: truth,
          webhooks: truth,
          connectLink: truth,
          authorize: { ...truth, description: 'Whether a customer lets us in in their browser: POST …/integrations/{id}/authorize.' },
          results: { ...list(text), description: 'The channels by which results go out, the default first.' },
          read: {
            ...orNull(object(Object.fromEntries(RESOURCES.map((resource) => [resource, READ])))),
            description: 'Null where the ATS sends its records itself.',
          },
        }),
      }),
    ),
  ),
});
