import type { HeadersObject, OperationObject, ParameterObject, ReferenceObject, ResponseObject } from '@nestjs/swagger';
import { ERROR_KINDS, type ErrorKind } from '#libs/model';
import { problemResponses } from './openapi-problems.js';
import { ANSWER, ERRORS } from './openapi-route.js';
import { count, headerRef, uuid, type Schema } from './openapi-schema.js';
import type { Scope } from './principal.js';

/** An operation as Nest makes it, with what the decorators of its route left. */
export interface DeclaredOperation extends OperationObject {
  readonly 'x-scopes'?: readonly Scope[];
  readonly 'x-partner-key'?: true;
  readonly [ANSWER]?: Schema;
  readonly [ERRORS]?: readonly ErrorKind[];
}

const EVERY_SUCCESS = ['X-Request-Id', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'];

const number = (description: string) => ({ description, schema: count });

export const HEADERS: HeadersObject = {
  'X-Request-Id': { description: 'The request’s id, as in our log and in a problem.', schema: uuid },
  'RateLimit-Limit': number('Requests that the caller may make in a minute.'),
  'RateLimit-Remaining': number('How many of them are left.'),
  'RateLimit-Reset': number('Seconds until the minute is over.'),
  'Retry-After': number('Seconds to wait; only where the same request may succeed later.'),
};

const IDEMPOTENCY_KEY: ParameterObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A repetition with the same key, within a day, gets the first answer and has no second effect. `conflict` while the first one runs, `idempotency-key-reused` for another request under the same key.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
};

const isReference = (value: object): value is ReferenceObject => '$ref' in value;

/** Adds what follows from the shape of a route: security, errors (shared through `problems`), headers, the schema of its answer. */
export function completeOperation(
  method: string,
  { [ANSWER]: answer, [ERRORS]: declared, ...operation }: DeclaredOperation,
  problems: Record<string, ResponseObject>,
): OperationObject {
  const scopes = operation['x-scopes'] ?? [];
  const parameters = (operation.parameters ?? []).flatMap((one) => (isReference(one) ? [] : [withFormat(one)]));
  const kinds = kindsOf(method, { ...operation, parameters }, declared ?? []);
  return {
    ...operation,
    ...descriptionOf(operation.description, needsOf(operation)),
    security: operation['x-partner-key'] === true ? [{ partnerKey: [] }] : scopes.map((scope) => ({ bearer: [scope] })),
    parameters: method === 'post' ? [...parameters, IDEMPOTENCY_KEY] : parameters,
    responses: { ...successOf(operation, answer), ...problemResponses(kinds, problems) },
    ...{ [ERRORS]: kinds },
  };
}

function needsOf({ 'x-scopes': scopes = [], 'x-partner-key': isByPartnerKey }: DeclaredOperation): string {
  if (isByPartnerKey === true) return 'Needs a partner key.';
  return scopes.length === 0 ? 'Open to anybody.' : `Needs the scope ${scopes.map((scope) => `\`${scope}\``).join(' or ')}.`;
}

function descriptionOf(description: string | undefined, needs: string): { description?: string } {
  return { description: [description, needs].filter((part) => part !== undefined).join('\n\n') };
}

/** Our own ids are UUIDs; what is none is `not-found`. A remote id is the ATS's. */
function withFormat(parameter: ParameterObject): ParameterObject {
  const isOurs = parameter.in === 'path' && /^(?!remote).*id$/i.test(parameter.name);
  return isOurs ? { ...parameter, schema: uuid } : parameter;
}

function kindsOf(
  method: string,
  { parameters = [], requestBody, ...operation }: DeclaredOperation,
  declared: readonly ErrorKind[],
): ErrorKind[] {
  const isIn = (place: string) => parameters.some((one) => !isReference(one) && one.in === place);
  const own: ErrorKind[] = ['rate-limited', 'internal', ...declared];
  if (operation['x-scopes'] !== undefined) own.push('unauthenticated', 'forbidden');
  if (operation['x-partner-key'] === true) own.push('unauthenticated');
  if (isIn('path')) own.push('not-found');
  if (isIn('query') || requestBody !== undefined || method === 'post') own.push('invalid-request');
  if (method === 'post') own.push('conflict', 'idempotency-key-reused');
  return ERROR_KINDS.filter((kind) => own.includes(kind));
}

function successOf({ responses }: OperationObject, answer: Schema | undefined): Record<string, ResponseObject> {
  const given = Object.entries(responses).flatMap(([status, response]): [string, ResponseObject][] =>
    response === undefined || isReference(response) ? [] : [[status, response]],
  );
  return Object.fromEntries(
    given.map(([status, response]) => [
      status,
      {
        ...response,
        description: response.description || 'Done.',
        headers: Object.fromEntries(EVERY_SUCCESS.map((name) => [name, headerRef(name)])),
        ...(answer === undefined ? {} : { content: { [isText(answer) ? 'text/plain' : 'application/json']: { schema: answer } } }),
      },
    ]),
  );
}

/** A text by itself is no JSON of ours. */
const isText = (schema: Schema): boolean => 'type' in schema && schema.type === 'string';
