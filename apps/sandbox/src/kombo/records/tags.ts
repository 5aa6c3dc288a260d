import { draw } from '../../people/draw.js';
import type { Integration } from '../integration.js';
import { hidden, type Json } from './parts.js';

const TAGS = ['silver medalist', 'do not hire', 'parental leave', 'referral: CEO', 'union member'] as const;
const FIRST_TAG = 4_200_000_000;

export function tagsOf(integration: Integration, candidate: number): Json[] {
  const drawn = draw(integration.recipe.seed, candidate, 60);
  const numbers = drawn % 3 === 0 ? [drawn % 5, (drawn + 2) % 5] : [drawn % 5];
  return numbers.map((number) => ({
    id: integration.ids.idOf('other', FIRST_TAG + number),
    remote_id: `tag-${number}`,
    name: hidden(integration, TAGS[number] ?? 'other'),
  }));
}
