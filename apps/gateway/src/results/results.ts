import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { allowResult } from '#libs/allowlist';
import { GatewayError, type Clock, type ResultContent } from '#libs/model';
import {
  acceptResult,
  decideParked,
  lockGate,
  readResult,
  readTarget,
  Store,
  type AcceptOutcome,
  type Decision,
  type ResultName,
  type ResultView,
} from '#libs/store';
import { TRIED_FOR_MS } from '../background/backoff.js';
import { CLOCK } from '../config/clock.js';
import { Environment } from '../config/environment.js';
import { Grants } from '../consents/grants.js';
import { ResultDispatcher } from './dispatcher.js';

/** Why a result cannot take the place of what is there. */
const REFUSALS: Readonly<Record<Exclude<AcceptOutcome, 'accepted' | 'unchanged'>, () => GatewayError>> = {
  delivered: () =>
    new GatewayError('conflict', { detail: 'another result was delivered under this key; send it with ?revise=true, or take a new key' }),
  'under-way': () =>
    new GatewayError('conflict', {
      retry: { when: 'later', afterMs: 1000 },
      detail: 'the former result is being delivered now; send it again in a moment',
    }),
  'in-doubt': () =>
    new GatewayError('conflict', {
      detail: 'nobody knows whether the former result arrived; decide on it first (POST /platform/v1/results/{id}/retry or give-up)',
    }),
};

/** Takes results in: allowlisted, with their outbox row in one transaction, while consent to write is held. */
@Injectable()
export class Results {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly environment: Environment,
    private readonly dispatcher: ResultDispatcher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws a consent kind, `not-found` for an unknown application, `invalid-request` with the name of what may not go out, `conflict`. */
  async accept(name: ResultName, content: ResultContent, revise: boolean): Promise<ResultView> {
    const view = await this.store.inTenant(name.tenantId, async (tx) => {
      const now = this.clock.now();
      const grant = await this.grants.require(tx, name.tenantId, 'write-back');
      const allowed = allowResult(grant, content, this.environment.RESULT_URL_HOSTS);
      if (!(await lockGate(tx, grant, now))) throw new GatewayError('conflict', { detail: 'consent changed meanwhile; send it again' });
      if ((await readTarget(tx, { ...name, integrationId: grant.integrationId })) === null) throw notFound('application');
      const contentHash = createHash('sha256').update(JSON.stringify(allowed)).digest('hex');
      const giveUpAt = new Date(now.getTime() + TRIED_FOR_MS);
      const outcome = await acceptResult(tx, name, { content: allowed, contentHash, now, giveUpAt, revise });
      if (outcome !== 'accepted' && outcome !== 'unchanged') throw REFUSALS[outcome]();
      return readResult(tx, name);
    });
    this.dispatcher.look();
    if (view === null) throw notFound('result');
    return view;
  }

  /** How the result stands. It names no person, so it is shown without consent, too. Throws `not-found`. */
  async get(name: ResultName): Promise<ResultView> {
    const view = await this.store.inTenant(name.tenantId, (tx) => readResult(tx, name));
    if (view === null) throw notFound('result');
    return view;
  }

  /** Carries out a person's decision about a parked result. Throws `not-found`, `conflict` where it is not parked. */
  async decide(name: ResultName, decision: Decision): Promise<ResultView> {
    const view = await this.store.inTenant(name.tenantId, async (tx) => {
      const now = this.clock.now();
      const giveUpAt = new Date(now.getTime() + TRIED_FOR_MS);
      const decided = await decideParked(tx, name, decision, { now, giveUpAt });
      const found = await readResult(tx, name);
      if (found !== null && !decided)
        throw new GatewayError('conflict', { context: { state: found.state }, detail: `the result is ${found.state}, not parked` });
      return found;
    });
    this.dispatcher.look();
    if (view === null) throw notFound('result');
    return view;
  }
}

const notFound = (what: string): GatewayError => new GatewayError('not-found', { detail: `no such ${what} of this tenant` });
