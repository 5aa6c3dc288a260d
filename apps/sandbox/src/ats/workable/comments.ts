import { param } from '../exchange.js';
import { Refusal, type Route } from '../vendor.js';
import { liveIndex, objectWith, required } from '../writing.js';

/** Has an author always (clients of Workable's API, 2026). A comment twice is two. */
export const addComment: Route = (exchange) => {
  const { account, body } = exchange;
  if (account.behaviour.rights !== 'admin') throw new Refusal(403, 'forbidden', 'The token lacks the scope w_candidates');
  const index = liveIndex(exchange, 'application', param(exchange, 'id'));
  liveIndex(exchange, 'user', required(body.text('member_id'), 'member_id'));
  const comment = objectWith(body.any('comment'), ['body', 'policy', 'attachment'], 'comment');
  if (typeof comment['body'] !== 'string' || comment['body'] === '') throw new Refusal(422, 'invalid_parameter', 'comment is not valid');
  const { id } = account.written.add('comment', 'application', index, comment);
  return { status: 201, body: { id } };
};
