import type { Transaction } from '../transaction.js';

/**
 * Until the transaction ends. A shadow is as new as its statistics are old: taken for empty, it is joined row by row, 10,000 by 10,000 (72 s against 1 s).
 */
export async function joinAtOnce(tx: Transaction): Promise<void> {
  await tx.rows(`select set_config('enable_nestloop', 'off', true)`);
}
