import { param } from '../exchange.js';
import { Refusal, type Route } from '../vendor.js';
import { liveIndex, objectWith } from '../writing.js';

/** The body is uncertain (third-party clients, 2021 to 2025). A note twice is two. */
export const addNote: Route = (exchange) => {
  const { account, body } = exchange;
  if (account.behaviour.rights !== 'admin') throw new Refusal(403, 'forbidden', 'Not allowed');
  const index = liveIndex(exchange, 'candidate', param(exchange, 'id'));
  const { body: text } = objectWith(body.any('note'), ['body'], 'note');
  if (typeof text !== 'string' || text === '') throw new Refusal(422, 'invalid', 'note is not valid');
  const { id, at } = account.written.add('note', 'candidate', index, { body: text });
  return { status: 201, body: { note: { id: Number(id), body: text, created_at: at } } };
};
