import { Inject, Injectable } from '@nestjs/common';
import { grantFor, readDecision, type Decision, type Grant, type GrantOutcome, type GrantRequest, type Purpose } from '#libs/consent';
import { GatewayError, INTEGRATION_TYPES, RESOURCES, type Clock } from '#libs/model';
import { readGate, readGates, tenantExists, type GateRow, type Transaction } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Ledger } from './ledger.js';

/** What of an integration decides whether data may move. */
type Link = GrantRequest['integration'];

/** While nothing may move at all, the reasons for that come first, whatever the integration. */
const NO_INTEGRATION: Link = { id: '', type: 'partner' };

export interface Standing {
  readonly decision: Decision;
  readonly gate: GateRow;
}

/** Makes a tenant's grants from its gate, policy and active integration, as they stand in the caller's transaction. */
@Injectable()
export class Grants {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly ledger: Ledger,
  ) {}

  /** What the tenant's ledger says now; null where nothing was ever recorded. */
  async standing(tx: Transaction, tenantId: string): Promise<Standing | null> {
    return this.standingOf(tx, tenantId, await readGate(tx, tenantId));
  }

  /** A gate says nothing from the moment on at which time changes the decision: the ledger is asked anew. */
  private async standingOf(tx: Transaction, tenantId: string, gate: GateRow | null): Promise<Standing | null> {
    if (gate === null) return null;
    if (gate.nextChangeAt === null || new Date(gate.nextChangeAt) > this.clock.now())
      return { gate, decision: readDecision(gate.decision) };
    const decision = await this.ledger.refreshGate(tx, tenantId);
    const refreshed = await readGate(tx, tenantId);
    return refreshed === null ? null : { gate: refreshed, decision };
  }

  /**
   * Throws a consent kind, with the reasons and the next step, where data may not move for the purpose: by the active integration, or by the
   * given one, should it be activated.
   */
  async require(tx: Transaction, tenantId: string, purpose: Purpose, integration?: Link): Promise<Grant> {
    const outcome = await this.ask(tx, tenantId, purpose, integration);
    if (outcome.granted) return outcome.grant;
    throw new GatewayError(outcome.kind, { detail: outcome.detail, context: { reasons: outcome.reasons.join(' ') } });
  }

  /** The same as a value: the grant, or why not. Throws `not-found` for an unknown tenant. */
  async ask(tx: Transaction, tenantId: string, purpose: Purpose, given?: Link): Promise<GrantOutcome> {
    return this.outcomeOf(tx, tenantId, purpose, await this.standing(tx, tenantId), given);
  }

  /** The same for many tenants, each by its active integration. */
  async askAll(tx: Transaction, tenantIds: readonly string[], purpose: Purpose): Promise<ReadonlyMap<string, GrantOutcome>> {
    const gates = await readGates(tx, tenantIds);
    const outcomes = new Map<string, GrantOutcome>();
    for (const tenantId of tenantIds) {
      const standing = await this.standingOf(tx, tenantId, gates.get(tenantId) ?? null);
      outcomes.set(tenantId, await this.outcomeOf(tx, tenantId, purpose, standing));
    }
    return outcomes;
  }

  private async outcomeOf(
    tx: Transaction,
    tenantId: string,
    purpose: Purpose,
    standing: Standing | null,
    given?: Link,
  ): Promise<GrantOutcome> {
    if (standing === null) {
      if (!(await tenantExists(tx, tenantId))) throw new GatewayError('not-found', { detail: 'no such tenant' });
      return {
        granted: false,
        kind: 'consent-missing',
        reasons: ['dpa-never-signed'],
        detail: 'Record the signed data processing agreement.',
      };
    }
    const { gate, decision } = standing;
    const integration = given ?? integrationOf(gate) ?? (decision.open ? null : NO_INTEGRATION);
    if (integration !== null)
      return grantFor({ tenantId, decision, epoch: gate.epoch, integration, purpose, narrowing: narrowingOf(gate) });
    return { granted: false, kind: 'integration-disabled', reasons: [], detail: 'No integration is active: create one and activate it.' };
  }
}

function integrationOf({ integrationId, integrationType }: GateRow): Link | null {
  const type = INTEGRATION_TYPES.find((known) => known === integrationType);
  return integrationId === null || type === undefined ? null : { id: integrationId, type };
}

function narrowingOf({ hiddenFields, jobStageContains }: GateRow) {
  const hidden = Object.fromEntries(RESOURCES.map((resource) => [resource, hiddenFields?.[resource] ?? []]));
  return { hiddenFields: hidden, jobScope: jobStageContains === null ? null : { stageNameContains: jobStageContains } };
}
