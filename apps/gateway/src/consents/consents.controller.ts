import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { isEntryContent, verifyChain, type Decision, type LedgerEntry } from '#libs/consent';
import { ApiTags } from '@nestjs/swagger';
import { fieldsOf, GatewayError, RESOURCES, type Clock } from '#libs/model';
import { cancelRuns, Store, type Transaction } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Caller, type Principal } from '../http/principal.js';
import { Answers } from '../http/openapi-route.js';
import { Does, Scopes } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
import { ConsentEntryBody } from './consent.dto.js';
import { DECISION, FIELDS, LEDGER, LEDGER_ENTRY } from './consent.schema.js';
import { Grants } from './grants.js';
import { Ledger } from './ledger.js';
import { SyncRequests } from '../sync/requests.js';

/** What a tenant's ledger decides now. `epoch` moves with every change; a grant of an older one moves nothing. */
interface DecisionView extends Omit<Decision, 'nextChangeAt' | 'refusal'> {
  readonly epoch: string;
  readonly nextChangeAt: string | null;
}

/** The consent ledger: record (and revoke), history, and the decision that follows. */
@ApiTags('consent')
@Controller('platform/v1')
export class ConsentsController {
  constructor(
    private readonly store: Store,
    private readonly ledger: Ledger,
    private readonly grants: Grants,
    private readonly syncs: SyncRequests,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('tenants/:tenantId/consents')
  @Scopes('consent:write')
  @Does('Append one entry to the consent ledger', 'Takes effect at once: a revocation stops what runs before this call answers.')
  @Answers(LEDGER_ENTRY)
  append(@Param('tenantId', Uuid) tenantId: string, @Body() body: ConsentEntryBody, @Caller() caller: Principal): Promise<LedgerEntry> {
    const content = { ...body };
    if (!isEntryContent(content)) {
      throw new GatewayError('invalid-request', { detail: `the entry has keys, or times, that "${body.kind}" does not take; see /docs` });
    }
    return this.store.inTenant(tenantId, async (tx) => {
      const { entry } = await this.ledger.append(tx, tenantId, content, caller.subject);
      await this.startOrStop(tx, tenantId);
      return entry;
    });
  }

  @Get('tenants/:tenantId/consents')
  @Scopes('consent:write', 'compliance:read')
  @Does('The ledger, oldest entry first, with its hash chain and whether it is intact')
  @Answers(LEDGER)
  history(@Param('tenantId', Uuid) tenantId: string): Promise<{ data: LedgerEntry[]; intact: boolean }> {
    return this.store.inTenant(tenantId, async (tx) => {
      const data = await this.ledger.entries(tx, tenantId);
      return { data, intact: verifyChain(data).intact };
    });
  }

  @Get('tenants/:tenantId/consent')
  @Scopes('consent:write', 'compliance:read')
  @Does('What the ledger decides now, and why')
  @Answers(DECISION)
  decision(@Param('tenantId', Uuid) tenantId: string): Promise<DecisionView> {
    return this.store.inTenant(tenantId, async (tx) => {
      const standing = await this.grants.standing(tx, tenantId);
      if (standing === null) {
        return {
          open: false,
          epoch: '0',
          read: [],
          write: [],
          subProcessors: [],
          reasons: ['dpa-never-signed'],
          documentVersion: null,
          nextChangeAt: null,
        };
      }
      const { open, read, write, subProcessors, reasons, documentVersion, nextChangeAt } = standing.decision;
      const { epoch } = standing.gate;
      return { open, epoch, read, write, subProcessors, reasons, documentVersion, nextChangeAt: nextChangeAt?.toISOString() ?? null };
    });
  }

  @Get('compliance/fields')
  @Scopes('consent:write', 'compliance:read')
  @Does('The allowlist as data: every field that may enter, with its purpose and data category')
  @Answers(FIELDS)
  fields(): { data: object[] } {
    return { data: RESOURCES.map((resource) => ({ resource, fields: fieldsOf(resource) })) };
  }

  /** In the entry's own transaction: what may no longer run is stopped with it, what may run now is started. */
  private async startOrStop(tx: Transaction, tenantId: string): Promise<void> {
    const outcome = await this.grants.ask(tx, tenantId, 'sync');
    if (outcome.granted) await this.syncs.startNow(tx, tenantId, 'delta');
    else await cancelRuns(tx, tenantId, outcome.kind, this.clock.now());
  }
}
