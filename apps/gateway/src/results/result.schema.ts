import { ERROR_KINDS, RESULT_STATES } from '#libs/model';
import {
  component,
  count,
  list,
  object,
  oneOf,
  orNull,
  text,
  textOrNull,
  time,
  timeOrNull,
  truth,
  uuid,
  uuidOrNull,
} from '../http/openapi-schema.js';

const RECEIPT = component(
  'ResultReceipt',
  object(
    {
      revision: count,
      integrationId: uuidOrNull,
      channel: textOrNull,
      remoteId: { ...textOrNull, description: 'The ATS’s own name for it.' },
    },
    'What stands in the ATS; of an earlier revision until the new one is delivered.',
  ),
);

const STANDING = {
  id: uuid,
  tenantId: uuid,
  applicationId: uuid,
  resultKey: text,
  revision: count,
  state: oneOf(RESULT_STATES),
  attempts: count,
  lastError: orNull(oneOf(ERROR_KINDS)),
  lastCode: { ...textOrNull, description: 'The source’s own code.' },
  inDoubt: { ...truth, description: 'An attempt was made and nobody knows whether it arrived.' },
  nextAttemptAt: timeOrNull,
  deliveredAt: timeOrNull,
  receipt: orNull(RECEIPT),
};

export const RESULT = component('Result', object({ ...STANDING, acceptedAt: time }));

export const RESULTS = object({ data: list(component('ListedResult', object({ ...STANDING, updatedAt: time }))) });
