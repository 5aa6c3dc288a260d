import type { Call } from '../contract/call.js';
import { checkedBy } from '../contract/native-check.js';
import { listIn } from '../contract/place.js';
import { read } from './client.js';

/** Asks for one offer: whether the token is taken and may read offers. Whether its user sees every candidate is not told by that. */
export const check = checkedBy(async (call: Call) => {
  listIn(await read(call, 'offers', { limit: '1', offset: '0' }), 'offers');
});
