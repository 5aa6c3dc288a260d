import type { Exchange } from '../exchange.js';
import { Refusal, type Route } from '../vendor.js';
import { listOf, liveIndex, objectWith, required } from '../writing.js';

const FIELD_TYPES = ['numeric_score', 'numeric_duration_minutes', 'url', 'string', 'boolean_success'];

/** Ashby tells what is wrong with status 200. */
const wrong = (message: string): Refusal => new Refusal(200, 'invalid_input', message);

const textIn = ({ body }: Exchange, name: string): string => required(body.text(name), name);

function found(exchange: Exchange, resource: 'candidate' | 'application', id: string): number {
  try {
    return liveIndex(exchange, resource, id);
  } catch {
    throw new Refusal(200, 'not_found', `There is no such ${resource}`);
  }
}

const createNote: Route = (exchange) => {
  const { account, body } = exchange;
  const index = found(exchange, 'candidate', textIn(exchange, 'candidateId'));
  const given = body.any('note');
  const note = typeof given === 'string' ? given : objectWith(given, ['type', 'value'], 'note')['value'];
  if (typeof note !== 'string' || note === '') throw wrong('note is not valid');
  body.any('sendNotifications');
  body.any('isPrivate');
  const { id, at } = account.written.add('note', 'candidate', index, { note });
  return { body: { success: true, results: { id, content: note, createdAt: at } } };
};

const setValue: Route = (exchange) => {
  const { account, body } = exchange;
  const type = body.oneOf('objectType', ['Application', 'Candidate']);
  const resource = type === 'Candidate' ? 'candidate' : 'application';
  const index = found(exchange, resource, textIn(exchange, 'objectId'));
  const field = textIn(exchange, 'fieldId');
  const value = body.any('fieldValue');
  if (type === undefined || !['string', 'number', 'boolean'].includes(typeof value)) throw wrong('fieldValue is not valid');
  account.written.set('custom-field', resource, index, field, value);
  return { body: { success: true, results: { id: field, value } } };
};

/** `{identifier, label, description?, type, value}` (OpenAPI of 2026-08). */
function fieldIn(value: unknown): object {
  const field = objectWith(value, ['identifier', 'label', 'description', 'type', 'value'], 'field');
  const { identifier, label, type } = field;
  if (typeof identifier !== 'string' || typeof label !== 'string' || !FIELD_TYPES.includes(String(type)))
    throw wrong('a field is not valid');
  const isNumber = type === 'numeric_score' || type === 'numeric_duration_minutes';
  if (isNumber !== (typeof field['value'] === 'number')) throw wrong('the value of a field is not valid');
  return field;
}

const ASSESSMENT = ['assessmentTypeId', 'assessmentId', 'assessmentName', 'result', 'metadata'];

const addCompleted: Route = (exchange) => {
  const { account, body } = exchange;
  const index = found(exchange, 'candidate', textIn(exchange, 'candidateId'));
  textIn(exchange, 'partnerId');
  required(body.whole('timestamp', 1, Number.MAX_SAFE_INTEGER), 'timestamp');
  const assessment = objectWith(body.any('assessment'), ASSESSMENT, 'assessment');
  if (ASSESSMENT.slice(0, 3).some((name) => typeof assessment[name] !== 'string')) throw wrong('assessment is not valid');
  const content = {
    ...assessment,
    result: fieldIn(assessment['result']),
    metadata: listOf(assessment['metadata'], 'metadata').map(fieldIn),
  };
  account.written.add('assessment', 'candidate', index, content);
  return { body: { success: true, results: {} } };
};

/** What is written back (OpenAPI of 2026-08): all of it with the right `candidatesWrite`. */
export const WRITES: Readonly<Record<string, Route>> = {
  'candidate.createNote': createNote,
  'customField.setValue': setValue,
  'assessment.addCompletedToCandidate': addCompleted,
};
