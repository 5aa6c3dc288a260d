import { draw } from '../../people/draw.js';
import type { Integration } from '../integration.js';
import { hidden, type Json } from './parts.js';

export const SEEDED_TAGS = ['silver medalist', 'do not hire', 'parental leave', 'referral: CEO', 'union member'] as const;
const FIRST_TAG = 4_200_000_000;

export function tagsOf(integration: Integration, candidate: number): Json[] {
  const drawn = draw(integration.recipe.seed, candidate, 60);
  const numbers = drawn % 3 === 0 ? [drawn % 5, (drawn + 2) % 5] : [drawn % 5];
  return numbers.map((number) => tagOf(integration, number));
}

/** The seeded ones come first, then those that were added through Kombo. */
export function tagOf(integration: Integration, number: number): Json {
  const added = integration.addedTags[number - SEEDED_TAGS.length]?.name;
  const name = SEEDED_TAGS[number] ?? added ?? 'other';
  return { id: integration.ids.idOf('other', FIRST_TAG + number), remote_id: `tag-${number}`, name: hidden(integration, name) };
}

/** The candidate's tags at the ATS. */
export function liveTags(integration: Integration, candidate: number): readonly unknown[] {
  const { tags } = integration.tables.candidate.live(candidate).change.fields;
  return Array.isArray(tags) ? tags : tagsOf(integration, candidate);
}

export function withTag(integration: Integration, tags: readonly unknown[], name: string): readonly unknown[] {
  if (tags.some((tag) => isNamed(integration, tag, name))) return tags;
  const names = [...SEEDED_TAGS, ...integration.addedTags.map((tag) => tag.name)];
  const known = names.indexOf(name);
  if (known === -1) integration.addedTags.push({ name, seenAtMs: null });
  return [...tags, tagOf(integration, known === -1 ? names.length : known)];
}

export function withoutTag(integration: Integration, tags: readonly unknown[], name: string): readonly unknown[] {
  return tags.filter((tag) => !isNamed(integration, tag, name));
}

function isNamed(integration: Integration, tag: unknown, name: string): boolean {
  const shown = typeof tag === 'object' && tag !== null && 'name' in tag ? tag.name : null;
  return shown === name || shown === hidden(integration, name);
}
