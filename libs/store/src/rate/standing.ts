import type { Transaction } from '../transaction.js';

/** One limit of one credential. */
export interface LimitName {
  /** Names the credential: never a key, nor anything that it could be made from. */
  readonly credential: string;
  readonly limitName: string;
}

/**
 * Changes how a limit stands while no other process can: `change` gets what is kept (null at first) and PostgreSQL's time of the lock, in
 * milliseconds since 1970, and returns what to keep. The row is locked until the transaction ends, so do nothing else in it.
 */
export async function changeRate<State extends object, Result>(
  tx: Transaction,
  { credential, limitName }: LimitName,
  change: (kept: State | null, nowMs: number) => { readonly state: State; readonly reply: Result },
): Promise<Result> {
  const [row] = await tx.rows<{ state: State | null; nowMs: number }>(
    // The time is taken when the lock has been had: a row that waited for it would bring the time before the wait.
    `with locked as materialized (select state from rate_state where credential = $1 and limit_name = $2 for update)
     select state, floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs" from locked`,
    [credential, limitName],
  );
  if (row === undefined) {
    await tx.run('insert into rate_state (credential, limit_name) values ($1, $2) on conflict do nothing', [credential, limitName]);
    return changeRate(tx, { credential, limitName }, change);
  }
  const { state, reply } = change(row.state, row.nowMs);
  await tx.run('update rate_state set state = $3 where credential = $1 and limit_name = $2', [
    credential,
    limitName,
    JSON.stringify(state),
  ]);
  return reply;
}

/** What is kept of a limit, null where it was never used. */
export async function readRate<State extends object>(tx: Transaction, { credential, limitName }: LimitName): Promise<State | null> {
  const [row] = await tx.rows<{ state: State | null }>('select state from rate_state where credential = $1 and limit_name = $2', [
    credential,
    limitName,
  ]);
  return row?.state ?? null;
}

/** How many active integrations go over a connector, of all tenants. For the platform's own work. */
export async function countActive(tx: Transaction, connector: string): Promise<number> {
  const [row] = await tx.rows<{ integrations: number }>(
    'select count(*)::int as integrations from integration where active and connector = $1',
    [connector],
  );
  return row?.integrations ?? 0;
}
