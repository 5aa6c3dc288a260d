import type { Identified, ResourceDiff, Resource, Sample } from '#libs/model';
import { documentOf } from '../records/documents.js';
import { TABLES } from '../records/tables.js';
import type { Transaction } from '../transaction.js';
import { joinAtOnce } from './join-at-once.js';
import { HERE } from './match.js';
import type { ShadowOf } from './shadow.js';

/** How many ids a diff names of each kind. */
export const SAMPLED = 20;

const SAMPLE = (rows: string, id: string) =>
  `(select json_build_object('count', count(*)::int, 'ids', coalesce((array_agg(${id} order by ${id}))[1:${SAMPLED}], '{}')) from ${rows})`;

/** How a resource's records were matched. */
export async function countMatches(
  tx: Transaction,
  { tenantId, switchId }: ShadowOf,
  resource: Identified,
): Promise<Omit<ResourceDiff, 'fields'>> {
  await joinAtOnce(tx);
  const [row] = await tx.rows<Omit<ResourceDiff, 'fields' | 'matched'> & { matched: Partial<ResourceDiff['matched']> }>(
    `with there as materialized (
       select external_id, matched_id, rule from shadow_record where tenant_id = $1 and switch_id = $2 and resource = $3
     ), here as materialized (${HERE[resource]})
     select (select count(*)::int from here) as here, (select count(*)::int from there) as there,
       (select coalesce(json_object_agg(rule, n), '{}') from (
          select rule, count(*)::int as n from there where matched_id is not null group by rule) m) as matched,
       ${SAMPLE('here h where not exists (select from there t where t.matched_id = h.id)', 'h.id')} as "onlyHere",
       ${SAMPLE(`there t where t.matched_id is null and t.rule is null`, 't.external_id')} as "onlyThere",
       ${SAMPLE(`there t where t.matched_id is null and t.rule = 'ambiguous'`, 't.external_id')} as ambiguous`,
    [tenantId, switchId, resource],
  );
  const none: Sample = { count: 0, ids: [] };
  const { here = 0, there = 0, matched = {}, onlyHere = none, onlyThere = none, ambiguous = none } = row ?? {};
  return { here, there, matched: { remoteId: 0, known: 0, naturalKey: 0, ...matched }, onlyHere, onlyThere, ambiguous };
}

/** A record that is on both sides. */
export interface Pair<Document extends object> {
  readonly externalId: string;
  readonly id: string;
  /** Ours, as the API gives it. */
  readonly document: Document;
  readonly hashes: Readonly<Record<string, string>>;
  /** What the target's refers to, by our ids; null where that is none of ours. */
  readonly refs: Readonly<Record<string, string | readonly string[] | null>>;
}

const REFERENCES: { readonly [R in Resource]?: string } = {
  application: `json_build_object('candidateId', ${idOf('candidate', 'candidateId')}, 'jobId', ${idOf('job', 'jobId')}, 'stageId', ${idOf('stage', 'stageId')})`,
  job: `json_build_object('hiringTeam', coalesce((
    select array_agg(u.matched_id::text) from jsonb_array_elements_text(s.refs -> 'hiringTeam') as member (external_id)
    left join shadow_record u on u.tenant_id = $1 and u.switch_id = $2 and u.resource = 'user' and u.external_id = member.external_id), '{}'))`,
};

function idOf(resource: Identified, ref: string): string {
  return `(select o.matched_id from shadow_record o where o.tenant_id = $1 and o.switch_id = $2 and o.resource = '${resource}' and o.external_id = s.refs ->> '${ref}')`;
}

/** The next records that are on both sides, in the order of our ids. */
export async function matchedPairs<Document extends object>(
  tx: Transaction,
  { tenantId, switchId }: ShadowOf,
  resource: Resource,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly Pair<Document>[]> {
  return tx.rows<Pair<Document>>(
    `select s.external_id as "externalId", r.id, ${documentOf(resource, { withApplications: false })}::json as document, s.hashes,
       ${REFERENCES[resource] ?? `'{}'::json`} as refs
     from shadow_record s join ${TABLES[resource].table} r on r.tenant_id = s.tenant_id and r.id = s.matched_id
     where s.tenant_id = $1 and s.switch_id = $2 and s.resource = $3 and s.matched_id is not null and ($4::uuid is null or s.matched_id > $4)
     order by s.matched_id limit $5`,
    [tenantId, switchId, resource, after, limit],
  );
}
