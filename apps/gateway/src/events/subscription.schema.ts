import { component, count, list, object, oneOf, orNull, text, textOrNull, time, timeOrNull, truth, uuid } from '../http/openapi-schema.js';
import { POST_ERRORS } from './posting.js';

const POST_ERROR = {
  ...orNull(oneOf(POST_ERRORS)),
  description:
    '`status`: another answer than 2xx. Redirects are not followed; 410 (`gone`) disables at once; `egress`: the address may not be called.',
};
const STATUS = {
  anyOf: [{ type: 'integer', minimum: 100, maximum: 999 }, { type: 'null' }],
  description: 'Of the answer; null: there was none.',
};

const SHAPE = {
  id: uuid,
  url: text,
  types: list(text),
  tenantIds: { ...orNull(list(uuid)), description: 'Null: every tenant.' },
  stageName: textOrNull,
  description: textOrNull,
  createdAt: time,
  state: {
    ...oneOf(['active', 'retrying', 'disabled']),
    description:
      '`retrying`: an event could not be delivered, and those after it wait. `disabled`: it goes on where it stopped once it is enabled.',
  },
  disabledReason: orNull(oneOf(['gone', 'failing-too-long'])),
  lastError: POST_ERROR,
  lastStatusCode: STATUS,
  failures: { ...count, description: 'In a row.' },
  nextAttemptAt: timeOrNull,
  lastDeliveredAt: timeOrNull,
};

const SECRET = { ...text, description: 'Shown this once. Deliveries are signed with it as Standard Webhooks says.' };

export const SUBSCRIPTION = component('Subscription', object(SHAPE));
export const NEW_SUBSCRIPTION = component('NewSubscription', object({ ...SHAPE, secret: SECRET }));
export const SUBSCRIPTIONS = object({ data: list(SUBSCRIPTION), nextCursor: textOrNull });
export const ROTATED = component(
  'RotatedSecret',
  object({ secret: SECRET, formerSecretUntil: { ...time, description: 'Until then deliveries carry both signatures.' } }),
);
export const TESTED = component('TestDelivery', object({ delivered: truth, statusCode: STATUS, error: POST_ERROR, durationMs: count }));

export const DELIVERIES = object({
  data: list(
    component(
      'Delivery',
      object({
        eventId: text,
        type: text,
        attempt: count,
        state: oneOf(['delivered', 'failed']),
        statusCode: STATUS,
        error: POST_ERROR,
        durationMs: count,
        at: time,
      }),
    ),
  ),
  nextCursor: textOrNull,
});
