import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CONSENT_KINDS, GatewayError, type Clock } from '#libs/model';
import { decideHeld, heldCount, Store, SyncRun } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Grants } from '../consents/grants.js';
import { Caller, type Principal } from '../http/principal.js';
import { Answers, Fails } from '../http/openapi-route.js';
import { Does, Scopes } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
import { SyncRequests } from './requests.js';
import { runView, type RunView } from './run.view.js';
import { DELETIONS_DECIDED, RUN, RUNS } from './sync.schema.js';
import { HeldDecisionBody, SyncBody } from './sync.dto.js';

/** How many of a tenant's runs are listed, newest first. */
const LISTED = 50;

/** Sync runs, as the platform team starts and watches them. */
@ApiTags('platform')
@Scopes('platform:admin')
@Controller('platform/v1/tenants/:tenantId/syncs')
export class SyncsController {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly requests: SyncRequests,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(202)
  @Does(
    'Start a sync run',
    'While one is queued or running, that one is the answer. A delta that could not tell everything becomes a full run.',
  )
  @Answers(RUN)
  @Fails(...CONSENT_KINDS)
  start(@Param('tenantId', Uuid) tenantId: string, @Body() { mode, resources }: SyncBody): Promise<RunView> {
    return this.store.inTenant(tenantId, async (tx) => {
      const grant = await this.grants.require(tx, tenantId, 'sync');
      const { id } = await this.requests.request(tx, { grant, mode, cause: 'person', resources });
      return runView(await this.requests.find(tx, tenantId, id));
    });
  }

  @Get()
  @Does('The tenant’s latest sync runs, newest first')
  @Answers(RUNS)
  async list(@Param('tenantId', Uuid) tenantId: string): Promise<{ data: RunView[] }> {
    const rows = await this.store.inTenant(tenantId, (tx) =>
      tx.em.find(SyncRun, { tenantId }, { orderBy: { requestedAt: 'desc', id: 'desc' }, limit: LISTED }),
    );
    return { data: rows.map(runView) };
  }

  @Get(':id')
  @Does('One sync run, with its progress while it goes on')
  @Answers(RUN)
  async get(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<RunView> {
    return runView(await this.store.inTenant(tenantId, (tx) => this.requests.find(tx, tenantId, id)));
  }

  @Post(':id/deletions')
  @HttpCode(200)
  @Does('Decide on the deletions that a run holds', '`carry-out` deletes the records, `keep` leaves them as they are.')
  @Answers(DELETIONS_DECIDED)
  decide(
    @Param('tenantId', Uuid) tenantId: string,
    @Param('id', Uuid) id: string,
    @Body() { decision }: HeldDecisionBody,
    @Caller() { subject }: Principal,
  ): Promise<{ decision: string; held: number; deleted: number }> {
    return this.store.inTenant(tenantId, async (tx) => {
      await this.requests.find(tx, tenantId, id);
      const held = await heldCount(tx, tenantId, id);
      if (held === null) throw new GatewayError('conflict', { detail: 'this run holds no deletions (any more)' });
      const deleted = await decideHeld(tx, { tenantId, runId: id, decision, by: subject, now: this.clock.now() });
      return { decision, held, deleted };
    });
  }
}
