import type { Fields } from '../fields.js';
import { invalid } from '../query.js';

const DATETIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const MOST_ATTACHMENTS = 5;

/** The body of a result (Kombo TypeScript SDK 1.3.4, 2026-07-28). Returns the status that it gives the order. */
export function readResult(body: Fields, raw: unknown): 'OPEN' | 'COMPLETED' | 'CANCELLED' {
  const status = body.oneOf('status', ['COMPLETED', 'CANCELLED', 'OPEN']);
  if (status === null) throw invalid('status is required');
  if (body.url('result_url') === null) throw invalid('result_url is required');
  const completedAt = body.optionalText('completed_at', DATETIME);
  if (status !== 'OPEN' && completedAt === null) throw invalid('completed_at is required');
  for (const attribute of body.list('attributes')) readAttribute(attribute);
  if (body.list('attachments').length > MOST_ATTACHMENTS) throw invalid('attachments must be at most 5');
  body.skip('remote_fields');
  readScores(raw);
  body.number('score');
  body.number('max_score');
  body.end();
  return status;
}

function readAttribute(attribute: Fields): void {
  const type = attribute.oneOf('type', ['TEXT', 'SUB_RESULT']);
  attribute.text('label');
  if (type === 'TEXT') attribute.text('value');
  else {
    attribute.text('id');
    attribute.oneOf('status', ['COMPLETED', 'CANCELLED']);
    const score = attribute.part('score');
    score.number('value');
    const most = score.number('max');
    if (most === null || most < 1) throw invalid('score.max must be at least 1');
    score.end();
  }
  attribute.end();
}

/** The two come together. */
function readScores(raw: unknown): void {
  const given = typeof raw === 'object' && raw !== null ? Object.keys(raw) : [];
  if (given.includes('score') !== given.includes('max_score')) throw invalid('score and max_score go together');
}
