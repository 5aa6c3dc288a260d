import type { Recipe } from '../live/records.js';
import type { Body } from './checked.js';

export function readRecipe(body: Body): Recipe {
  const candidates = body.integer('candidates', 0, 1_000_000) ?? 100;
  const jobs = body.integer('jobs', 0, 100_000) ?? Math.max(3, Math.round(candidates / 50));
  return {
    seed: body.integer('seed', 0, 2_147_483_647) ?? 1,
    candidates,
    jobs,
    users: body.integer('users', 0, 100_000) ?? Math.min(2_000, Math.max(5, Math.ceil(jobs / 2))),
  };
}
