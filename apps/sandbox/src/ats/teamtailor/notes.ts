import type { Exchange } from '../exchange.js';
import { Refusal, type Route } from '../vendor.js';
import { liveIndex, objectWith } from '../writing.js';

function relatedIn(exchange: Exchange, relations: Readonly<Record<string, unknown>>, name: string, type: string): number {
  const { data } = objectWith(relations[name], ['data'], name);
  const { id, type: given } = objectWith(data, ['id', 'type'], name);
  if (given !== type || !['string', 'number'].includes(typeof id)) throw new Refusal(422, 'invalid', `${name} is not valid`);
  return liveIndex(exchange, type === 'users' ? 'user' : 'candidate', String(id));
}

/** JSON:API: a note has a candidate and an author (Teamtailor API documentation, 2021-02). A note twice is two. */
export const addNote: Route = (exchange) => {
  const { account, body } = exchange;
  if (account.behaviour.rights !== 'admin') throw new Refusal(403, 'forbidden', 'The key may not write');
  const { type, attributes, relationships } = objectWith(body.any('data'), ['type', 'attributes', 'relationships'], 'data');
  const { note } = objectWith(attributes, ['note'], 'attributes');
  if (type !== 'notes' || typeof note !== 'string' || note === '') throw new Refusal(422, 'invalid', 'note is not valid');
  const relations = objectWith(relationships, ['candidate', 'user'], 'relationships');
  const candidate = relatedIn(exchange, relations, 'candidate', 'candidates');
  relatedIn(exchange, relations, 'user', 'users');
  const { id } = account.written.add('note', 'candidate', candidate, { note });
  return { status: 201, body: { data: { id, type: 'notes', attributes: { note } } } };
};
