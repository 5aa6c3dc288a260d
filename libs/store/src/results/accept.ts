import { v7 as uuidv7 } from 'uuid';
import type { AllowedResult } from '#libs/allowlist';
import type { ResultState } from '#libs/model';
import type { Transaction } from '../transaction.js';

/** Names a result: one of an application's, by the caller's own key. */
export interface ResultName {
  readonly tenantId: string;
  readonly applicationId: string;
  readonly resultKey: string;
}

export const nameOf = ({ tenantId, applicationId, resultKey }: ResultName): readonly string[] => [tenantId, applicationId, resultKey];

export interface Acceptance {
  readonly content: AllowedResult;
  readonly contentHash: string;
  readonly now: Date;
  readonly giveUpAt: Date;
  /** Whether another content may take the place of one that was delivered. */
  readonly revise: boolean;
}

/** `delivered`: another content was, and `revise` was not asked for. `under-way`: it cannot be changed now. `in-doubt`: a person has to look first. */
export type AcceptOutcome = 'accepted' | 'unchanged' | 'delivered' | 'under-way' | 'in-doubt';

interface Standing {
  readonly state: ResultState;
  readonly inDoubt: boolean;
  readonly contentHash: string;
}

/** Writes a result and its outbox row in the caller's transaction. The same content again changes nothing. */
export async function acceptResult(tx: Transaction, name: ResultName, acceptance: Acceptance): Promise<AcceptOutcome> {
  const { content, contentHash, now, giveUpAt, revise } = acceptance;
  const values = [...nameOf(name), JSON.stringify(content), contentHash, now.toISOString()];
  const created = await tx.run(
    `insert into result (tenant_id, application_id, result_key, revision, content, content_hash, accepted_at)
     values ($1, $2, $3, 1, $4, $5, $6) on conflict do nothing`,
    values,
  );
  if (created === 1) {
    await tx.run(
      `insert into result_delivery (tenant_id, application_id, result_key, id, revision, state, attempts, due_at, give_up_at, in_doubt, updated_at)
       values ($1, $2, $3, $6, 1, 'queued', 0, $4, $5, false, $4)`,
      [...nameOf(name), now.toISOString(), giveUpAt.toISOString(), uuidv7()],
    );
    return 'accepted';
  }
  const standing = await lockStanding(tx, name);
  if (standing.contentHash === contentHash) return 'unchanged';
  if (standing.state === 'delivered' && !revise) return 'delivered';
  if (standing.state === 'delivering') return 'under-way';
  if (standing.inDoubt) return 'in-doubt';
  await tx.run(
    `update result set revision = revision + 1, content = $4, content_hash = $5, accepted_at = $6
     where tenant_id = $1 and application_id = $2 and result_key = $3`,
    values,
  );
  await tx.run(
    `update result_delivery set revision = revision + 1, state = 'queued', due_at = $4, give_up_at = $5, channel = null,
       last_error = null, last_code = null, updated_at = $4
     where tenant_id = $1 and application_id = $2 and result_key = $3`,
    [...nameOf(name), now.toISOString(), giveUpAt.toISOString()],
  );
  return 'accepted';
}

/** The outbox row first, as whoever delivers takes it first too. */
async function lockStanding(tx: Transaction, name: ResultName): Promise<Standing> {
  const [standing] = await tx.rows<Standing>(
    `select d.state, d.in_doubt as "inDoubt", r.content_hash as "contentHash" from result_delivery d
     join result r using (tenant_id, application_id, result_key)
     where d.tenant_id = $1 and d.application_id = $2 and d.result_key = $3 for update of d`,
    nameOf(name),
  );
  if (standing === undefined) throw new Error('a result without its outbox row');
  return standing;
}
