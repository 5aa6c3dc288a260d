import type { ErrorKind, Resource, SwitchDiff, SwitchVerdict } from '#libs/model';
import type { ShadowPosition, ShadowProgress } from '../entities/switch.js';
import type { Transaction } from '../transaction.js';

/** A switch whose target a worker reads. Every write of it carries `attempt`: a worker that was given up for dead commits nothing more. */
export interface ClaimedSwitch {
  readonly tenantId: string;
  readonly id: string;
  readonly toIntegrationId: string;
  readonly attempt: number;
  readonly position: ShadowPosition;
  readonly progress: ShadowProgress;
}

/** Takes up a switch whose target is to be read by us and that no living worker has; null where there is none. */
export async function claimSwitch(
  tx: Transaction,
  { now, leaseUntil }: { readonly now: Date; readonly leaseUntil: Date },
): Promise<ClaimedSwitch | null> {
  const [row] = await tx.rows<ClaimedSwitch>(
    `with due as (
       select s.tenant_id, s.id from integration_switch s
       join integration i on i.tenant_id = s.tenant_id and i.id = s.to_integration_id and (i.type <> 'partner' or (s.position ->> 'step')::int > 0)
       where s.state = 'shadowing' and (s.lease_until is null or s.lease_until <= $1)
       order by s.asked_at limit 1 for update of s skip locked
     )
     update integration_switch s set attempt = s.attempt + 1, lease_until = $2 from due where s.tenant_id = due.tenant_id and s.id = due.id
     returning s.tenant_id as "tenantId", s.id, s.to_integration_id as "toIntegrationId", s.attempt, s.position, s.progress`,
    [now.toISOString(), leaseUntil.toISOString()],
  );
  return row ?? null;
}

const STILL_MINE = `tenant_id = $1 and id = $2 and attempt = $3 and state = 'shadowing'`;
const fence = ({ tenantId, id, attempt }: ClaimedSwitch) => [tenantId, id, attempt];

/** Says that the worker lives. False: the switch is another's by now, or was given up. */
export async function keepSwitch(tx: Transaction, claimed: ClaimedSwitch, leaseUntil: Date): Promise<boolean> {
  return (
    (await tx.run(`update integration_switch set lease_until = $4 where ${STILL_MINE}`, [...fence(claimed), leaseUntil.toISOString()])) ===
    1
  );
}

/** Notes how far the read of the target is, in the transaction that got it there. False: as for `keepSwitch`, and the transaction must not commit. */
export async function advanceShadow(
  tx: Transaction,
  claimed: ClaimedSwitch,
  { position, progress, now }: { readonly position: ShadowPosition; readonly progress: ShadowProgress; readonly now: Date },
): Promise<boolean> {
  const moved = await tx.run(`update integration_switch set position = $4, progress = $5, updated_at = $6 where ${STILL_MINE}`, [
    ...fence(claimed),
    JSON.stringify(position),
    JSON.stringify(progress),
    now.toISOString(),
  ]);
  return moved === 1;
}

/** Ends the read: with what the comparison says, or with the error that it failed by. False: as for `keepSwitch`. */
export async function settleShadow(
  tx: Transaction,
  claimed: ClaimedSwitch,
  outcome: { readonly diff: SwitchDiff; readonly verdict: SwitchVerdict } | { readonly error: ErrorKind },
  now: Date,
): Promise<boolean> {
  const { state, diff, verdict, error } =
    'error' in outcome
      ? { state: 'failed', diff: null, verdict: null, error: outcome.error }
      : { state: outcome.verdict.verdict, diff: JSON.stringify(outcome.diff), verdict: JSON.stringify(outcome.verdict), error: null };
  const settled = await tx.run(
    `update integration_switch set state = $4, diff = $5, verdict = $6, error = $7, lease_until = null, updated_at = $8,
       compared_at = case when $7::text is null then $8::timestamptz end, sealed_key = case when $7::text is null then sealed_key end
     where ${STILL_MINE}`,
    [...fence(claimed), state, diff, verdict, error, now.toISOString()],
  );
  return settled === 1;
}

interface Joined {
  readonly tenantId: string;
  readonly switchId: string;
  /** The target. */
  readonly integrationId: string;
}

/**
 * Gives the target's names the ids that today's records have: whatever it brings from now on is found to be these. Resolves to how many names that
 * changed.
 */
export async function joinIdentities(tx: Transaction, joined: Joined): Promise<number> {
  await dropFormerNames(tx, joined);
  const { tenantId, switchId, integrationId } = joined;
  return tx.run(
    `insert into identity (tenant_id, resource, integration_id, external_id, id, remote_id)
     select tenant_id, resource, $3, external_id, matched_id, remote_id from shadow_record
     where tenant_id = $1 and switch_id = $2 and matched_id is not null order by resource, external_id
     on conflict (tenant_id, resource, integration_id, external_id) do update
     set id = excluded.id, remote_id = coalesce(excluded.remote_id, identity.remote_id)
     where (identity.id, identity.remote_id) is distinct from (excluded.id, coalesce(excluded.remote_id, identity.remote_id))`,
    [tenantId, switchId, integrationId],
  );
}

/** Of records that the target calls by another name now than once before: were the old name left, its deletion would be the record's. */
async function dropFormerNames(tx: Transaction, { tenantId, switchId, integrationId }: Joined): Promise<void> {
  await tx.run(
    `delete from identity i where tenant_id = $1 and integration_id = $3 and external_id <> (
       select s.external_id from shadow_record s where s.tenant_id = $1 and s.switch_id = $2 and s.resource = i.resource and s.matched_id = i.id limit 1)`,
    [tenantId, switchId, integrationId],
  );
}

/** The next complete read of the integration is where everything starts anew: one event tells of it. */
export async function forgetWatermarks(tx: Transaction, tenantId: string, integrationId: string): Promise<void> {
  await tx.run('delete from sync_watermark where tenant_id = $1 and integration_id = $2', [tenantId, integrationId]);
}

/** Open switches that nothing has happened to since: what they hold is of no use any more. */
export async function idleSwitches(tx: Transaction, before: Date): Promise<readonly { readonly tenantId: string; readonly id: string }[]> {
  return tx.rows(
    `select tenant_id as "tenantId", id from integration_switch
     where state in ('shadowing', 'ready', 'blocked') and lease_until is null and updated_at < $1 order by updated_at limit 10`,
    [before.toISOString()],
  );
}

/** Counts what a target that sends its records itself has sent. Holds the switch until the transaction ends. */
export async function countPushed(
  tx: Transaction,
  { tenantId, switchId }: { readonly tenantId: string; readonly switchId: string },
  { resource, count, now }: { readonly resource: Resource; readonly count: number; readonly now: Date },
): Promise<void> {
  await tx.run(
    `update integration_switch set progress = jsonb_set(jsonb_set(progress, '{pages}', to_jsonb((progress ->> 'pages')::int + 1)),
       array['read', $3], to_jsonb((progress -> 'read' ->> $3)::int + $4::int)), updated_at = $5 where tenant_id = $1 and id = $2`,
    [tenantId, switchId, resource, count, now.toISOString()],
  );
}
