import type { Call } from '../contract/call.js';
import { checkedBy } from '../contract/native-check.js';
import { readList } from './client.js';

/** Asks for the number of one job: no call that carries a person. Whoever may list jobs is a Site Admin (Harvest v3 guide, 2026). */
export const check = checkedBy(async (call: Call) => {
  await readList(call, 'jobs', { fields: ['id'], pageSize: 1 });
});
