import { setTimeout as pause } from 'node:timers/promises';
import type { Resource } from '#libs/model';
import { keysOf, pathParam } from '../../request-parts.js';
import type { Exchange } from '../answering.js';
import { Fields } from '../fields.js';
import type { Integration } from '../integration.js';
import type { Kombo } from '../kombo.js';
import { KomboError, type KomboCode } from '../kombo-error.js';
import { marked } from '../markers.js';
import { invalid } from '../query.js';
import { assertActionOpen, assertUsable } from '../readiness.js';
import { indexOfRemoteId, remoteIdOf } from '../../live/remote-ids.js';

/** What an action works on, once it has reached the ATS. */
export interface Site {
  readonly kombo: Kombo;
  readonly integration: Integration;
  /** The record's number. */
  readonly index: number;
  readonly nowMs: number;
  /** Of the sandbox itself, for links to it. */
  readonly origin: string;
}

/** Done at the ATS; returns `data` of the answer. Throws `KomboError` for what the ATS refuses. */
export type Deed = (site: Site) => unknown;

export interface Action {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `:id` for the record. */
  readonly path: string;
  readonly resource: Resource;
  /** In `write_actions`, and in the scope configuration. */
  readonly id: string;
  /** Checks the request. Throws PLATFORM.INPUT_INVALID. */
  readonly prepare: (body: Fields) => Deed;
}

/**
 * Goes to the ATS live: within the concurrency limit, written down, and answered with `warnings` (Kombo OpenAPI, 2026-05-02). The lists show what it
 * did after the next sync. The order of the checks is ours.
 */
export async function act(kombo: Kombo, action: Action, { request, reply, environment, integrationHeader }: Exchange): Promise<unknown> {
  const integration = kombo.integrationOf(environment, integrationHeader);
  assertUsable(integration);
  assertActionOpen(integration, action.id);
  const index = recordIn(integration, action.resource, pathParam(request, 'id'));
  const deed = action.prepare(new Fields(keysOf(request.body)));
  const { isTaken, headers } = integration.slots.take(integration.behaviour.concurrencyLimit);
  reply.headers(headers);
  if (!isTaken) throw new KomboError('PLATFORM.CONCURRENCY_LIMIT_EXCEEDED', 'Too many actions of this integration are in flight.');
  try {
    const { actionMs, actionWarning } = integration.behaviour;
    if (actionMs > 0) await pause(actionMs);
    const origin = `http://${request.headers.host ?? 'localhost'}`;
    const data = await atSource(action, deed, { kombo, integration, index, nowMs: kombo.clock.nowMs(), origin }, request.body);
    return marked(integration, 'action', { status: 'success', data, warnings: actionWarning === null ? [] : [{ message: actionWarning }] });
  } finally {
    integration.slots.release();
  }
}

async function atSource(action: Action, deed: Deed, site: Site, body: unknown): Promise<unknown> {
  const { integration, index } = site;
  const logged = integration.actions.add({
    at: new Date(site.nowMs).toISOString(),
    action: action.id,
    resource: action.resource,
    id: integration.ids.idOf(action.resource, index),
    remoteId: remoteIdOf(action.resource, index),
    body: body ?? null,
  });
  try {
    if (integration.tables[action.resource].live(index).isDeleted) throw refused('The ATS has no such record any more.');
    return await deed(site);
  } catch (error) {
    if (error instanceof KomboError) logged.refusal = error.code;
    throw error;
  }
}

/** By Kombo's id; jobs also by `remote:` and the ATS's. What Kombo has not seen yet it cannot name. */
function recordIn(integration: Integration, resource: Resource, ref: string): number {
  const isRemote = resource === 'job' && ref.startsWith('remote:');
  const index = isRemote ? indexOfRemoteId(resource, ref.slice('remote:'.length)) : integration.ids.numberOf(resource, ref);
  const row = index === undefined ? undefined : integration.tables[resource].mirrored(index);
  if (index === undefined || row === undefined || row.deletedAtMs !== null) throw invalid(`There is no such ${resource}.`);
  return index;
}

/** The ATS's own refusal. */
export function refused(message: string, code: KomboCode = 'REMOTE.INPUT_INVALID'): KomboError {
  return new KomboError(code, message);
}
