import { listOf, liveIndex, objectWith, required } from '../writing.js';
import type { Exchange } from '../exchange.js';
import { param } from '../exchange.js';
import { Refusal, type Route } from '../vendor.js';

/** Which spelling a POST takes is uncertain: one client sends the one, the list's filter takes the other (native ATS reference, 2026-08). */
const VISIBILITIES = ['admin_only', 'private', 'public', 'admin_only_visible', 'privately_visible', 'publicly_visible'] as const;

const NUMBER = 999_999_999_999;

/** The token's rights: whoever may not see everything may not write either. */
function requireRights({ account }: Exchange): void {
  if (account.behaviour.rights !== 'admin') throw new Refusal(403, 'forbidden', 'The user is not a Site Admin');
}

/** A note twice is two notes: Harvest has no idempotency keys. */
const addNote: Route = (exchange) => {
  requireRights(exchange);
  const { account, body } = exchange;
  const candidateId = required(body.whole('candidate_id', 1, NUMBER), 'candidate_id');
  const candidate = liveIndex(exchange, 'candidate', String(candidateId));
  const applicationId = body.whole('application_id', 1, NUMBER);
  if (applicationId !== undefined) liveIndex(exchange, 'application', String(applicationId));
  const userId = required(body.whole('user_id', 1, NUMBER), 'user_id');
  liveIndex(exchange, 'user', String(userId));
  const text = required(body.text('body', /^[^]{1,10000}$/), 'body');
  const visibility = body.oneOf('visibility', VISIBILITIES) ?? 'admin_only';
  const type = body.oneOf('note_type', ['NOTE']) ?? 'NOTE';
  const content = { body: text, user_id: userId, application_id: applicationId ?? null, visibility, type };
  const { id, at } = account.written.add('note', 'candidate', candidate, content);
  return { status: 201, body: { id: Number(id), candidate_id: candidateId, ...content, created_at: at } };
};

/** An array when written, `{name_key, value}`; each key has one value. */
const editCandidate: Route = (exchange) => {
  requireRights(exchange);
  const { account, body } = exchange;
  const id = param(exchange, 'id');
  const index = liveIndex(exchange, 'candidate', id);
  const fields = listOf(body.any('custom_fields'), 'custom_fields').map((field) =>
    objectWith(field, ['name_key', 'value'], 'custom_fields'),
  );
  for (const { name_key: name, value } of fields) {
    if (typeof name !== 'string' || !/^[a-z0-9_]{1,80}$/.test(name) || !['string', 'number'].includes(typeof value))
      throw new Refusal(422, 'invalid_parameter', 'The custom field is not valid');
    account.written.set('custom-field', 'candidate', index, name, value);
  }
  return { body: { id: Number(id), updated_at: exchange.ats.clock.now().toISOString() } };
};

/** What is written back (Harvest v3: field registry of 2026-08, and clients in production). */
export const WRITES: Readonly<Record<string, Route>> = { 'POST /v3/notes': addNote, 'PATCH /v3/candidates/:id': editCandidate };
