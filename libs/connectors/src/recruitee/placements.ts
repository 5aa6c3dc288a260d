import type { Call } from '../contract/call.js';
import { isObject, own } from '../contract/raw-object.js';
import { idIn } from './client.js';
import { isVacancy, pipelineOf, readOffer, segmentOf } from './offers.js';
import { isKnown, overlapOf, type Slice } from './slice.js';

/** How many offers are read for the placements of one page. */
const MOST_OFFERS = 20;

/** The placements of a candidate of the list, each with its candidate's id. What is no list of them is set aside. */
export function placementsOf(candidate: unknown): readonly unknown[] {
  if (!isObject(candidate)) return [candidate];
  const placements: unknown = own(candidate, 'placements') ?? [];
  if (!Array.isArray(placements)) return [null];
  const candidate_id = own(candidate, 'id');
  return placements.map((placement: unknown) => (isObject(placement) ? { ...placement, candidate_id } : placement));
}

/**
 * How many candidates of a slice can be taken at once: until their placements are in more offers than are read for one page. Past what was asked for
 * again it is at least one, so that a walk goes on.
 */
export function affordable(slice: Slice): number {
  const offers = new Set<string>();
  for (const [index, candidate] of slice.items.entries()) {
    if (isKnown(slice, candidate)) continue;
    for (const id of offersOf(placementsOf(candidate))) offers.add(id);
    if (offers.size > MOST_OFFERS && index > overlapOf(slice)) return index;
  }
  return slice.items.length;
}

/**
 * Placements with the names of their stages, which only their offers' details hold, without those in talent pools. An offer that is gone, or one more
 * than are read for one page (of a single candidate), leaves its placements without a name.
 */
export async function withStageNames(call: Call, placements: readonly unknown[]): Promise<readonly unknown[]> {
  const offers = new Map<string, object | null>();
  for (const id of offersOf(placements).slice(0, MOST_OFFERS)) offers.set(id, await readOffer(call, id));
  return placements.flatMap((placement) => {
    if (!isObject(placement)) return [placement];
    const offer = offers.get(segmentOf(own(placement, 'offer_id')) ?? '') ?? null;
    return isVacancy(offer) ? [{ ...placement, stage_name: stageNameIn(offer, own(placement, 'stage_id')) }] : [];
  });
}

const offersOf = (placements: readonly unknown[]): string[] => [
  ...new Set(placements.flatMap((placement) => (isObject(placement) ? (segmentOf(own(placement, 'offer_id')) ?? []) : []))),
];

function stageNameIn(offer: object | null, stageId: unknown): unknown {
  const id = idIn(stageId);
  const pipeline = pipelineOf(offer);
  const stages: unknown = isObject(pipeline) ? own(pipeline, 'stages') : null;
  if (id === null || !Array.isArray(stages)) return null;
  const stage = stages.filter(isObject).find((one) => idIn(own(one, 'id')) === id);
  return stage === undefined ? null : own(stage, 'name');
}
