import type { Integration } from './integration.js';

export const REJECTION_REASONS = [
  'Did not pass the health check',
  'Salary expectation',
  'No work permit',
  'Position filled',
  'Other',
] as const;
const FIRST_REASON = 4_120_000_000;

export function reasonId({ ids }: Integration, number: number): string {
  return ids.idOf('other', FIRST_REASON + number);
}

/** The reason's name; undefined where the id is none of a reason. */
export function reasonOfId({ ids }: Integration, id: string): string | undefined {
  return REJECTION_REASONS[(ids.numberOf('other', id) ?? 0) - FIRST_REASON];
}
