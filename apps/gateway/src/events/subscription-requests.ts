import { GatewayError } from '#libs/model';
import type { SubscriptionChoice, Viewer } from '#libs/store';
import type { Principal } from '../http/principal.js';
import type { NewSubscriptionBody, SubscriptionPatchBody } from './subscription.dto.js';
import { SUBSCRIBABLE } from './subscribed-types.js';

export const viewerOf = ({ subject, tenants }: Principal): Viewer => ({ subject, tenants: tenants === null ? null : [...tenants] });

/** What a new subscription is to tell of. Throws `invalid-request` for unknown types, by their place, and for tenants that the token is not good for. */
export function choiceOf(body: NewSubscriptionBody, { tenants }: Principal): SubscriptionChoice {
  const tenantIds = body.tenantIds ?? (tenants === null ? undefined : [...tenants]);
  return patched(
    { url: '', types: [], tenantIds: null, stageName: null, description: null },
    { ...body, ...(tenantIds && { tenantIds }) },
    { tenants },
  );
}

/** The same with what a caller changes. */
export function patched(
  choice: SubscriptionChoice,
  patch: SubscriptionPatchBody,
  { tenants }: Pick<Principal, 'tenants'>,
): SubscriptionChoice {
  const { url, types, stageName, description } = { ...choice, ...patch };
  const unknown = types.findIndex((type) => !SUBSCRIBABLE.includes(type));
  if (unknown !== -1)
    throw new GatewayError('invalid-request', { detail: `"types.${unknown}" is no type of event; known are ${SUBSCRIBABLE.join(', ')}` });
  const tenantIds = patch.tenantIds?.map((id) => id.toLowerCase()) ?? choice.tenantIds;
  if (tenants !== null && tenantIds?.every((id) => tenants.has(id)) !== true)
    throw new GatewayError('invalid-request', { detail: '"tenantIds" names a tenant that this token is not good for' });
  return { url, types, tenantIds, stageName, description };
}
