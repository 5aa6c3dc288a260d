import type { Call } from '../contract/call.js';
import { checkedBy } from '../contract/native-check.js';
import { readList } from './client.js';

/** Asks for the id of one posting: no call that carries a person. Whether opportunities and users may be read is not told by that. */
export const check = checkedBy(async (call: Call) => {
  await readList(call, { path: 'postings', include: ['id'], limit: 1 });
});
