import { Refusal } from '../ats/refusal.js';
import type { Answer } from '../ats/vendor.js';
import { keysOf, pathParam } from '../request-parts.js';
import type { Incoming } from './protocol.js';
import { anything, closed, flag, mapOf, oneOf, webAddress } from './shapes.js';
import { PARTNER_ID } from './teamtailor-keys.js';

const DOCUMENT = closed({
  data: closed({
    type: oneOf(['partners']),
    id: oneOf([PARTNER_ID]),
    attributes: closed(
      {},
      {
        'base-url': webAddress,
        'webhook-config': mapOf(anything),
        'webhook-activation-config': mapOf(anything),
        'dynamic-activation-config': flag,
      },
    ),
  }),
});

/** The partner as Teamtailor holds it; what it says is kept, and the installations go where they were told to. */
export function readPartner({ provider, request }: Incoming): Answer {
  if (pathParam(request, 'id') !== PARTNER_ID) throw new Refusal(404, 'not_found', 'There is no such partner');
  return { body: { data: { id: PARTNER_ID, type: 'partners', attributes: Object.fromEntries(provider.partner) } } };
}

export function changePartner(incoming: Incoming): Answer {
  const { provider, request } = incoming;
  readPartner(incoming);
  const problems = DOCUMENT(request.body, '');
  if (problems.length > 0) throw new Refusal(422, 'invalid_body', problems.join('; '));
  const attributes = keysOf(keysOf(keysOf(request.body)['data'])['attributes']);
  for (const [name, value] of Object.entries(attributes)) provider.partner.set(name, value);
  return readPartner(incoming);
}
