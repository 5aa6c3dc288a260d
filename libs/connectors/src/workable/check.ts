import type { Call } from '../contract/call.js';
import { checkedBy } from '../contract/native-check.js';
import { readParts } from './client.js';

/** Asks for the account's stages: no call that carries a person. */
export const check = checkedBy(async (call: Call) => {
  await readParts(call, 'stages', 'stages');
});
