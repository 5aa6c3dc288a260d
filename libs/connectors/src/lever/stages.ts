import type { Call } from '../contract/call.js';
import { invalidPage } from '../contract/place.js';
import { isObject, RawObject } from '../contract/raw-object.js';
import { readList } from './client.js';

/** A pipeline stage as far as it is read. */
interface Stage {
  readonly id: string;
  readonly text: string | null;
}

/** Far more than any pipeline has: after that, the list has no end. */
const MOST_PAGES = 20;

/**
 * The pipeline's stages in their order; they are the account's, and every posting's (Lever Data API documentation, 2026). What cannot be read of
 * one is left out here, so that a single stage does not take all jobs with it.
 */
export async function readStages(call: Call): Promise<readonly Stage[]> {
  const stages = new Map<string, Stage>();
  let offset: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const { items, next } = await readList(call, { path: 'stages', include: ['id', 'text'], offset, mayBeWhole: true });
    for (const stage of items.flatMap(stageIn)) stages.set(stage.id, stage);
    if (next === null) return [...stages.values()];
    offset = next;
  }
  throw invalidPage('cursor-loop');
}

function stageIn(item: unknown): readonly Stage[] {
  if (!isObject(item)) return [];
  const raw = new RawObject(item);
  const id = raw.reference('id');
  return id === null ? [] : [{ id, text: raw.text('text') }];
}
