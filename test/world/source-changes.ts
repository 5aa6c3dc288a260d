import type { Random } from './random.js';
import { ok, type Tenant } from './tenant.js';

/** Something that happens at a source, and the models that Kombo then calls changed. */
export interface SourceChange {
  readonly models: readonly string[];
  readonly happen: (tenant: Tenant) => Promise<unknown>;
}

const change = (models: readonly string[], method: 'post' | 'patch' | 'delete', path: string, body: object = {}): SourceChange => ({
  models,
  happen: async (tenant) => ok(await tenant.atSource(method, `/records/${path}`, body)),
});

/** A change of any kind, of records with small numbers: the same one may change again, be deleted and come back. */
export function drawChange(random: Random, name: string): SourceChange {
  const at = random.below(20);
  const kinds: readonly (() => SourceChange)[] = [
    () => change(['ats_candidates'], 'patch', `candidates/${at}`, { fields: { last_name: name } }),
    () => change(['ats_jobs'], 'patch', `jobs/${at % 4}`, { fields: { name } }),
    () => change(['ats_users'], 'patch', `users/${at % 5}`, { fields: { last_name: name } }),
    () => change(['ats_applications'], 'post', `applications/${at}/move`, { stage: random.below(3) }),
    () => change(['ats_jobs'], 'post', `jobs/${at % 4}/stages`, { name }),
    () => change(['ats_candidates', 'ats_applications'], 'delete', `candidates/${at}`),
    () => change(['ats_candidates', 'ats_applications'], 'post', `candidates/${at}/restore`),
    () => change(['ats_candidates'], 'post', 'candidates', { fields: { first_name: name } }),
    () => change(['ats_applications', 'ats_candidates'], 'post', 'applications', { candidate: 20 + at, job: at % 4 }),
  ];
  return random.pick(kinds)();
}
