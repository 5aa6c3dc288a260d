import type { Call } from '../contract/call.js';
import { invalidPage } from '../contract/place.js';
import { isObject, own } from '../contract/raw-object.js';
import { idIn, readIfThere } from './client.js';

/** Whether an offer is a vacancy: those of another kind than `job` are talent pools (schemas of `rawwar/tap-recruitee`, 2023). */
export function isVacancy(offer: unknown): boolean {
  const kind = isObject(offer) ? own(offer, 'kind') : null;
  return typeof kind !== 'string' || kind === 'job';
}

/**
 * An offer of the list with its followers as objects with ids. Whether they are these or the ids alone is uncertain (schemas of
 * `rawwar/tap-recruitee`, 2023, name the list and not what is in it).
 */
export function offerOf(item: unknown): unknown {
  const followers: unknown = isObject(item) ? own(item, 'followers') : null;
  if (!isObject(item) || !Array.isArray(followers)) return item;
  return { ...item, followers: followers.map((follower: unknown) => (isObject(follower) ? follower : { id: follower })) };
}

/** Offers of a list with the pipelines of their details, which alone hold the stages; one that is gone meanwhile has none. */
export async function withPipelines(call: Call, offers: readonly unknown[]): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (const offer of offers) {
    const detail = isObject(offer) ? await readOffer(call, own(offer, 'id')) : null;
    found.push(isObject(offer) ? { ...offer, pipeline_template: pipelineOf(detail) } : offer);
  }
  return found;
}

/**
 * `GET /offers/{id}`; null where it is gone. Whether the answer wraps the offer as the list does is uncertain (`jdautomate/recruitee-mcp`, 2025-09),
 * so both are taken. An id that cannot stand in an address is not asked for.
 */
export async function readOffer(call: Call, id: unknown): Promise<object | null> {
  const segment = segmentOf(id);
  const answer = segment === null ? undefined : await readIfThere(call, `offers/${segment}`);
  if (answer === undefined) return null;
  const offer = isObject(answer) ? (own(answer, 'offer') ?? answer) : null;
  if (!isObject(offer) || idIn(own(offer, 'id')) === null) throw invalidPage('envelope');
  return offer;
}

/** An offer's pipeline; null where it has none. */
export const pipelineOf = (offer: object | null): unknown => (offer === null ? null : (own(offer, 'pipeline_template') ?? null));

/** An id as a part of an address; null for what cannot be one. */
export function segmentOf(id: unknown): string | null {
  const text = idIn(id);
  return text !== null && /^[\w-]{1,100}$/.test(text) ? text : null;
}
