import { randomUUID } from 'node:crypto';
import { systemClock } from '#libs/model';
import type { TestDatabase } from '#libs/testkit';
import { rowsIn } from './rows.js';

/** One change as a test notes it. */
export interface Change {
  readonly tenantId: string;
  readonly resource?: string;
  readonly kind?: string;
  readonly recordId?: string;
  readonly at?: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** Notes changes in one transaction, as if records had changed, and returns the ids of their events. */
export async function noteChanges(database: Pick<TestDatabase, 'adminUrl'>, changes: readonly Change[]): Promise<readonly string[]> {
  const rows = changes.map(({ tenantId, resource = 'candidate', kind = 'updated', recordId = randomUUID(), at, details }) => ({
    tenantId,
    resource,
    kind,
    recordId,
    at: at ?? systemClock.now().toISOString(),
    details: details ?? null,
  }));
  const noted = await rowsIn(
    database,
    `insert into change (tenant_id, resource, record_id, kind, fields, at, details)
     select "tenantId", resource, "recordId", kind, '{lastName}', at, details
     from jsonb_to_recordset($1) as c ("tenantId" uuid, resource text, "recordId" uuid, kind text, at timestamptz, details jsonb) returning seq`,
    [JSON.stringify(rows)],
  );
  return noted.map(({ seq }) => `evt_${seq}`);
}
