import type { IntegrationState } from '#libs/model';
import { noteEvent, type IntegrationRow, type Transaction } from '#libs/store';

/** Notes how a link stands, with the event where that is something else than before. The caller flushes. */
export async function setState(
  tx: Transaction,
  row: IntegrationRow,
  { state, stateCode }: { readonly state: IntegrationState; readonly stateCode: string | null },
  now: Date,
): Promise<void> {
  const isOther = row.state !== state;
  Object.assign(row, { state, stateCode });
  if (!isOther) return;
  const { tenantId, id } = row;
  await noteEvent(tx, { tenantId, type: 'integration.state-changed', recordId: id, details: { state }, now });
}
