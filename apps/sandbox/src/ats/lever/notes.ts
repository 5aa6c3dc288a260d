import { param } from '../exchange.js';
import { Refusal, type Route } from '../vendor.js';
import { listOf, liveIndex, objectWith, required } from '../writing.js';

/** `perform_as` is optional: without it the note is the integration's. A note twice is two notes. */
const addNote: Route = (exchange) => {
  const { account, query, body } = exchange;
  const index = liveIndex(exchange, 'application', param(exchange, 'id'));
  const performer = query.text('perform_as');
  if (performer !== undefined) liveIndex(exchange, 'user', performer);
  const value = required(body.text('value', /^[^]{1,10000}$/), 'value');
  const isSecret = body.any('secret') === true;
  body.any('notifyFollowers');
  const score = body.whole('score', 1, 4) ?? null;
  const { id } = account.written.add('note', 'application', index, { value, isSecret, score, user: performer ?? null });
  return { status: 201, body: { data: { noteId: id } } };
};

/** Replaces a note that was made through the API. */
const replaceNote: Route = (exchange) => {
  const { account, body } = exchange;
  liveIndex(exchange, 'application', param(exchange, 'id'));
  const [value] = listOf(body.any('values'), 'values').map((each) => objectWith(each, ['value', 'createdAt'], 'values')['value']);
  if (typeof value !== 'string') throw new Refusal(400, 'BadRequest', 'values is not valid');
  const note = account.written.find('note', param(exchange, 'note'));
  if (note === undefined || note.remoteId !== param(exchange, 'id')) throw new Refusal(404, 'ResourceNotFound', 'There is no such note');
  account.written.replace('note', note.id, { ...objectWith(note.content, Object.keys(note.content ?? {}), 'note'), value });
  return { body: { data: { noteId: note.id } } };
};

/** Notes (Lever Data API documentation, 2026). */
export const NOTES: Readonly<Record<string, Route>> = {
  'POST /v1/opportunities/:id/notes': addNote,
  'PUT /v1/opportunities/:id/notes/:note': replaceNote,
};
