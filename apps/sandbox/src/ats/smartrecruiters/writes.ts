import { param } from '../exchange.js';
import { Refusal, type Route } from '../vendor.js';
import { liveIndex, objectWith, required } from '../writing.js';

const SHARE_KEYS = ['users', 'hiringTeamOf', 'everyone', 'openNote'];

/** A message names the candidate in its text (API reference, 2025; the keys of `shareWith` are uncertain). Twice is two. */
const share: Route = (exchange) => {
  const { account, body } = exchange;
  const content = required(body.text('content', /^[^]{1,10000}$/), 'content');
  const candidate = /#\[CANDIDATE:([\w-]+)\]/.exec(content)?.[1];
  if (candidate === undefined) throw new Refusal(422, 'invalid_parameter', 'content names no candidate');
  const index = liveIndex(exchange, 'candidate', candidate);
  body.text('correlationId');
  objectWith(body.any('shareWith'), SHARE_KEYS, 'shareWith');
  const { id, at } = account.written.add('message', 'candidate', index, { content });
  return { status: 201, body: { id, createdOn: at } };
};

const putProperty: Route = (exchange) => {
  const { account, body } = exchange;
  const index = liveIndex(exchange, 'candidate', param(exchange, 'id'));
  liveIndex(exchange, 'job', param(exchange, 'job'));
  const value = body.any('value');
  if (!['string', 'number', 'boolean'].includes(typeof value)) throw new Refusal(422, 'invalid_parameter', 'value is not valid');
  account.written.set('property', 'candidate', index, `${param(exchange, 'job')} ${param(exchange, 'property')}`, value);
  return { body: { value } };
};

/** What is written back (API reference, 2025). */
export const WRITES: Readonly<Record<string, Route>> = {
  'POST /messages/shares': share,
  'PUT /candidates/:id/jobs/:job/properties/:property': putProperty,
};
