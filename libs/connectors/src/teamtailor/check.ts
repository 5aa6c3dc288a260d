import type { Call } from '../contract/call.js';
import { checkedBy } from '../contract/native-check.js';
import { readList } from './client.js';
import { CONDITIONS } from './conditions.js';

/** Asks for the ids of jobs: no call that carries a person. */
export const check = checkedBy(
  async (call: Call) => {
    await readList(call, 'jobs', 1, { 'fields[jobs]': 'id', 'filter[status]': 'all' });
  },
  new Set(Object.keys(CONDITIONS)),
);
