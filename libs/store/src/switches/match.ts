import type { Identified, MatchRule } from '#libs/model';
import { TABLES } from '../records/tables.js';
import type { Transaction } from '../transaction.js';
import { joinAtOnce } from './join-at-once.js';
import type { ShadowOf } from './shadow.js';

/** What is stored and not deleted: our id, and the ATS's own. */
export const HERE: { readonly [R in Identified]: string } = {
  user: alive('user'),
  job: alive('job'),
  candidate: alive('candidate'),
  application: alive('application'),
  stage: `select distinct on (id) (s ->> 'id')::uuid as id, s ->> 'remoteId' as remote_id
    from job j cross join jsonb_array_elements(j.stages) s where j.tenant_id = $1 and j.deleted_at is null and s ->> 'id' is not null`,
};

function alive(resource: Exclude<Identified, 'stage'>): string {
  return `select id, remote_id from ${TABLES[resource].table} where tenant_id = $1 and deleted_at is null`;
}

const SHADOW = (alias: string, resource: string) =>
  `${alias}.tenant_id = $1 and ${alias}.switch_id = $2 and ${alias}.resource = '${resource}'`;

/** One look at an index for each of ours (`h`), whatever the planner takes the shadow's size for. */
const NOT_MATCHED = (resource: Identified) =>
  `(select 1 from shadow_record m where ${SHADOW('m', resource)} and m.matched_id = h.id limit 1) is null`;

/** Which of the target's (`s`) may be which of ours (`h`), by rule. */
const CANDIDATES = {
  remoteId: (resource: Identified) => `join (${HERE[resource]}) h on h.remote_id = s.remote_id`,
  known: (resource: Identified) =>
    `join identity i on i.tenant_id = $1 and i.resource = '${resource}' and i.external_id = s.external_id
       and i.integration_id = (select to_integration_id from integration_switch where tenant_id = $1 and id = $2)
     join (${HERE[resource]}) h on h.id = i.id`,
  naturalKey: (resource: Identified) => BY_KEY[resource] ?? BY_OWN_KEY(resource),
} as const satisfies Readonly<Record<MatchRule, (resource: Identified) => string>>;

const BY_OWN_KEY = (resource: Identified) => `join shadow_key h on ${SHADOW('h', resource)} and h.natural_key = s.natural_key`;

const BY_KEY: { readonly [R in Identified]?: string } = {
  application: `
    join shadow_record c on ${SHADOW('c', 'candidate')} and c.external_id = s.refs ->> 'candidateId'
    join shadow_record j on ${SHADOW('j', 'job')} and j.external_id = s.refs ->> 'jobId'
    join application h on h.tenant_id = $1 and h.candidate_id = c.matched_id and h.job_id = j.matched_id and h.deleted_at is null`,
  stage: `
    join shadow_record j on ${SHADOW('j', 'job')} and j.external_id = s.refs ->> 'jobId'
    join shadow_key h on ${SHADOW('h', 'stage')} and h.natural_key = s.natural_key and h.parent_id = j.matched_id`,
};

/** Marks what of the target's only one of ours can be, and what more than one can be; among those that no earlier rule has matched. */
export async function matchBy(tx: Transaction, { tenantId, switchId }: ShadowOf, resource: Identified, rule: MatchRule): Promise<void> {
  await joinAtOnce(tx);
  await tx.run(
    `with pairs as materialized (
       select s.external_id, h.id, count(*) over (partition by s.external_id) as here, count(*) over (partition by h.id) as there
       from shadow_record s ${CANDIDATES[rule](resource)}
       where ${SHADOW('s', resource)} and s.matched_id is null
         and ${NOT_MATCHED(resource)}
     )
     update shadow_record s set matched_id = case when p.one then p.id end, rule = case when p.one then $3 else 'ambiguous' end
     from (select external_id, min(id::text)::uuid as id, bool_and(here = 1 and there = 1) as one from pairs group by external_id) p
     where ${SHADOW('s', resource)} and s.external_id = p.external_id`,
    [tenantId, switchId, rule],
  );
}

/** Begins anew: nothing is matched. */
export async function unmatch(tx: Transaction, { tenantId, switchId }: ShadowOf): Promise<void> {
  await tx.run(
    'update shadow_record set matched_id = null, rule = null where tenant_id = $1 and switch_id = $2 and (matched_id is not null or rule is not null)',
    [tenantId, switchId],
  );
  await tx.run('delete from shadow_key where tenant_id = $1 and switch_id = $2', [tenantId, switchId]);
}

/** A stored record without a match, by what its natural key is made of. */
export interface Keyless {
  readonly id: string;
  /** Of a stage: its job. */
  readonly parentId: string;
  readonly text: string;
}

const UNMATCHED: { readonly [R in Identified]?: string } = {
  user: 'select id, id as parent_id, email as text from ats_user where tenant_id = $1 and deleted_at is null',
  candidate: 'select id, id as parent_id, email as text from candidate where tenant_id = $1 and deleted_at is null',
  job: 'select id, id as parent_id, name as text from job where tenant_id = $1 and deleted_at is null',
  stage: `select distinct on (id, parent_id) (s ->> 'id')::uuid as id, j.id as parent_id, s ->> 'name' as text
    from job j cross join jsonb_array_elements(j.stages) s where j.tenant_id = $1 and j.deleted_at is null and s ->> 'id' is not null`,
};

/** The next of ours that no rule has matched yet and that have a natural key, in the order of ids; none of what is known by references alone. */
export async function unmatchedHere(
  tx: Transaction,
  { tenantId, switchId }: ShadowOf,
  resource: Identified,
  { after, limit }: { readonly after: Pick<Keyless, 'id' | 'parentId'> | null; readonly limit: number },
): Promise<readonly Keyless[]> {
  const source = UNMATCHED[resource];
  if (source === undefined) return [];
  return tx.rows<Keyless>(
    `select h.id, h.parent_id as "parentId", h.text from (${source}) h
     where h.text is not null and ($3::uuid is null or (h.id, h.parent_id) > ($3::uuid, $4::uuid))
       and ${NOT_MATCHED(resource)}
     order by h.id, h.parent_id limit $5`,
    [tenantId, switchId, after?.id ?? null, after?.parentId ?? null, limit],
  );
}

/** Notes the hashed natural keys of ours. */
export async function writeKeys(
  tx: Transaction,
  { tenantId, switchId }: ShadowOf,
  resource: Identified,
  keys: readonly { readonly id: string; readonly parentId: string; readonly naturalKey: string }[],
): Promise<void> {
  await tx.run(
    `insert into shadow_key (tenant_id, switch_id, resource, id, parent_id, natural_key)
     select $1, $2, $3, id, parent_id, natural_key from unnest($4::uuid[], $5::uuid[], $6::text[]) as raw (id, parent_id, natural_key)
     on conflict (tenant_id, switch_id, resource, id, parent_id) do update set natural_key = excluded.natural_key`,
    [
      tenantId,
      switchId,
      resource,
      keys.map(({ id }) => id),
      keys.map(({ parentId }) => parentId),
      keys.map(({ naturalKey }) => naturalKey),
    ],
  );
}
