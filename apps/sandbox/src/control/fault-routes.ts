import type { FastifyInstance } from 'fastify';
import { RESOURCES } from '#libs/model';
import { MALFORMATIONS, type Failure } from '../kombo/faults.js';
import { isKomboCode, statusOf } from '../kombo/kombo-error.js';
import type { Kombo } from '../kombo/kombo.js';
import { pathParam } from '../request-parts.js';
import { findIntegration, findRecord } from './addressing.js';
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
const BASE = '/control/kombo/faults';

export function registerFaults(server: FastifyInstance, kombo: Kombo): void {
  server.get(BASE, () => ({ faults: kombo.faults.list() }));
  server.post(BASE, (request) => kombo.faults.add(readFault(kombo, new Body(request.body))));
  server.delete(BASE, () => {
    kombo.faults.clear();
    return {};
  });
  server.delete(`${BASE}/:id`, (request) => {
    if (!kombo.faults.remove(Number(pathParam(request, 'id')))) throw new ControlError('there is no such fault', 404);
    return {};
  });
}

function readFault(kombo: Kombo, body: Body) {
  const path = body.text('path', /^\/[A-Za-z0-9:%*/-]{1,160}$/) ?? null;
  const integrationId = body.text('integrationId') ?? null;
  const times = body.any('times') === null ? null : (body.integer('times', 1, 1_000_000) ?? 1);
  const skip = body.integer('skip', 0, 1_000_000) ?? 0;
  const late = body.boolean('late') ?? false;
  const failure = readFailure(kombo, body, path, integrationId);
  body.end();
  return { path, integrationId, times, skip, late, failure };
}

function readFailure(kombo: Kombo, body: Body, path: string | null, integrationId: string | null): Failure {
  const kind = body.oneOf('kind', KINDS);
  switch (kind) {
    case undefined:
      throw new ControlError(`kind is required: one of ${KINDS.join(', ')}`);
    case 'error':
      return readError(body);
    case 'html':
      return { kind, status: body.integer('status', 400, 599) ?? 503 };
    case 'latency':
      return { kind, ms: body.integer('ms', 1, 600_000) ?? 1_000 };
    case 'huge':
      return { kind, bytes: body.integer('bytes', 1, 2_000_000_000) ?? 100_000_000 };
    case 'malformed':
      return { kind, as: body.oneOf('as', MALFORMATIONS) ?? 'wrong-types', record: readRecord(kombo, body, path, integrationId) };
    default:
      return { kind };
  }
}

/** A known code brings its status; a made-up code or null takes 500 unless another is named. */
function readError(body: Body): Failure {
  const code = body.nullableText('code', /^[A-Z_.]{1,60}$/) ?? null;
  const usual = code !== null && isKomboCode(code) ? statusOf(code) : 500;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(body.object('headers') ?? {})) headers[name.toLowerCase()] = String(value);
  return { kind: 'error', code, status: body.integer('status', 400, 599) ?? usual, headers };
}

function readRecord(kombo: Kombo, body: Body, path: string | null, integrationId: string | null): number | null {
  const ref = body.any('record');
  if (ref === undefined || ref === null) return null;
  const resource = RESOURCES.find((name) => path === `/ats/${name}s`);
  if (resource === undefined || integrationId === null)
    throw new ControlError('record needs a path such as /ats/candidates and an integrationId');
  return findRecord(findIntegration(kombo, integrationId), resource, ref);
}
