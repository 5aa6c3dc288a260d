import type { HeadersObject, ResponseObject, ResponsesObject, SchemaObject } from '@nestjs/swagger';
import { ERROR_KINDS, type ErrorKind } from '#libs/model';
import { component, headerRef, mapOf, object, oneOf, text, uuid } from './openapi-schema.js';
import { PROBLEMS } from './problem.js';

const scalar: SchemaObject = { type: ['string', 'number', 'boolean', 'null'] };

const PROBLEM = component(
  'Problem',
  object(
    {
      type: { type: 'string', description: '`/docs#<code>`' },
      title: text,
      status: { type: 'integer', minimum: 400, maximum: 599 },
      code: { ...oneOf(ERROR_KINDS), description: 'What to decide by: it is stable, the texts are not.' },
      detail: { type: 'string', description: 'One sentence that names the next step. Never holds a value of a record.' },
      requestId: { ...uuid, description: 'The same as the header X-Request-Id.' },
      context: { ...mapOf(scalar), description: 'Ids, counts and codes from closed lists.' },
    },
    'RFC 9457',
  ),
);

/** Every kind once, with what to do about it; a problem's `type` points here. */
export function problemsAsMarkdown(): string {
  const rows = ERROR_KINDS.map((kind) => {
    const { status, title, nextStep } = PROBLEMS[kind];
    return `| <span id="${kind}">\`${kind}\`</span> | ${status} | ${title} | ${nextStep} |`;
  });
  return ['| code | status | means | next step |', '|---|---|---|---|', ...rows].join('\n');
}

/**
 * The error answers of an operation: one per status, saying which kinds it can have. They are the same for many operations: each is put into
 * `shared` once, and referred to.
 */
export function problemResponses(kinds: readonly ErrorKind[], shared: Record<string, ResponseObject>): ResponsesObject {
  const byStatus = Map.groupBy(
    ERROR_KINDS.filter((kind) => kinds.includes(kind)),
    (kind) => PROBLEMS[kind].status,
  );
  return Object.fromEntries(
    [...byStatus].map(([status, own]) => {
      const name = [status, ...own].join('.');
      shared[name] ??= responseOf(status, own);
      return [String(status), { $ref: `#/components/responses/${name}` }];
    }),
  );
}

function responseOf(status: number, kinds: readonly ErrorKind[]): ResponseObject {
  const narrowed = { type: 'object', properties: { status: { type: 'integer', enum: [status] }, code: oneOf(kinds) } };
  return {
    description: kinds.map((kind) => `\`${kind}\`: ${PROBLEMS[kind].title}`).join('\n\n'),
    headers: headersOf(status, kinds),
    content: { 'application/problem+json': { schema: { allOf: [PROBLEM, narrowed] } } },
  };
}

const CAN_PASS: readonly ErrorKind[] = ['conflict', 'rate-limited', 'remote-rate-limited', 'remote-unavailable', 'internal'];

function headersOf(status: number, kinds: readonly ErrorKind[]): HeadersObject {
  return {
    'X-Request-Id': headerRef('X-Request-Id'),
    ...(kinds.some((kind) => CAN_PASS.includes(kind)) ? { 'Retry-After': headerRef('Retry-After') } : {}),
    ...(status === 401 ? { 'WWW-Authenticate': { schema: oneOf(['Bearer']) } } : {}),
  };
}
