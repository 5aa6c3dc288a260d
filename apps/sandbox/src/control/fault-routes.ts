import type { FastifyInstance } from 'fastify';
import { MALFORMATIONS, type Failure, type Faults } from '../serving/faults.js';
import { pathParam } from '../request-parts.js';
import { Body, ControlError } from './checked.js';

const KINDS = [
  'error',
  'html',
  'latency',
  'drop',
  'cut',
  'broken-json',
  'huge',
  'loop',
  'malformed',
  'unknown-keys',
  'unknown-enums',
] as const;
/** Whose faults they are, and what a fault names there. */
export interface Faulty {
  /** `/control/kombo/faults` */
  readonly base: string;
  readonly faults: Faults;
  /** What the account is called in a fault's body. */
  readonly accountKey: 'integrationId' | 'accountId' | 'installationId';
  /** The status that an error of this code usually has. */
  readonly statusOf: (code: string | null) => number;
  /** The number of a list's record. */
  readonly recordOf: (path: string | null, accountId: string | null, ref: unknown) => number;
}

export function registerFaults(server: FastifyInstance, faulty: Faulty): void {
  const { base, faults } = faulty;
  server.get(base, () => ({ faults: faults.list() }));
  server.post(base, (request) => faults.add(readFault(faulty, new Body(request.body))));
  server.delete(base, () => {
    faults.clear();
    return {};
  });
  server.delete(`${base}/:id`, (request) => {
    if (!faults.remove(Number(pathParam(request, 'id')))) throw new ControlError('there is no such fault', 404);
    return {};
  });
}

function readFault(faulty: Faulty, body: Body) {
  const path = body.text('path', /^\/[A-Za-z0-9:._%*/-]{1,160}$/) ?? null;
  const integrationId = body.text(faulty.accountKey) ?? null;
  const times = body.any('times') === null ? null : (body.integer('times', 1, 1_000_000) ?? 1);
  const skip = body.integer('skip', 0, 1_000_000) ?? 0;
  const late = body.boolean('late') ?? false;
  const failure = readFailure(faulty, body, path, integrationId);
  body.end();
  return { path, integrationId, times, skip, late, failure };
}

function readFailure(faulty: Faulty, body: Body, path: string | null, integrationId: string | null): Failure {
  const kind = body.oneOf('kind', KINDS);
  switch (kind) {
    case undefined:
      throw new ControlError(`kind is required: one of ${KINDS.join(', ')}`);
    case 'error':
      return readError(faulty, body);
    case 'html':
      return { kind, status: body.integer('status', 400, 599) ?? 503 };
    case 'latency':
      return { kind, ms: body.integer('ms', 1, 600_000) ?? 1_000 };
    case 'huge':
      return { kind, bytes: body.integer('bytes', 1, 2_000_000_000) ?? 100_000_000 };
    case 'malformed':
      return { kind, as: body.oneOf('as', MALFORMATIONS) ?? 'wrong-types', record: readRecord(faulty, body, path, integrationId) };
    default:
      return { kind };
  }
}

/** A known code brings its status; a made-up code or null takes 500 unless another is named. */
function readError({ statusOf }: Faulty, body: Body): Failure {
  const code = body.nullableText('code', /^[A-Za-z_.]{1,60}$/) ?? null;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(body.object('headers') ?? {})) headers[name.toLowerCase()] = String(value);
  return { kind: 'error', code, status: body.integer('status', 400, 599) ?? statusOf(code), headers };
}

function readRecord({ recordOf }: Faulty, body: Body, path: string | null, accountId: string | null): number | null {
  const ref = body.any('record');
  return ref === undefined || ref === null ? null : recordOf(path, accountId, ref);
}
