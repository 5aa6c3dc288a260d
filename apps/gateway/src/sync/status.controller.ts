import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CONSENT_KINDS, GatewayError, RESOURCES } from '#libs/model';
import {
  countRecords,
  Integration,
  Store,
  SyncRun,
  SyncSchedule,
  tenantExists,
  watermarksOf,
  webhooksOf,
  type Transaction,
} from '#libs/store';
import { connectorBySlug } from '#libs/connectors';
import { Grants } from '../consents/grants.js';
import { Answers, Fails } from '../http/openapi-route.js';
import { Does, Scopes } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
import { standingOf } from '../integrations/standing.js';
import { SyncRequests } from './requests.js';
import { runView, type RunView } from './run.view.js';
import { RUN, STATUS } from './sync.schema.js';
import { RefreshBody } from './sync.dto.js';

const NO_WEBHOOKS = { lastAt: null, missed: 0 };

/** How a tenant stands, for internal services: by what it is connected, how fresh what they read is, what comes next. */
@ApiTags('records')
@Scopes('ats:read')
@Controller('v1/tenants/:tenantId')
export class StatusController {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly requests: SyncRequests,
  ) {}

  @Get('status')
  @Does(
    'Integration type, ATS, state; per resource freshness and count; last and next run',
    'Holds no personal data, and is answered without consent too.',
  )
  @Answers(STATUS)
  status(@Param('tenantId', Uuid) tenantId: string) {
    return this.store.inTenant(tenantId, async (tx) => {
      if (!(await tenantExists(tx, tenantId))) throw new GatewayError('not-found', { detail: 'no such tenant' });
      const consent = await this.grants.ask(tx, tenantId, 'serve');
      const active = await tx.em.findOne(Integration, { tenantId, active: true });
      const frame = { tenantId, consent: consent.granted ? null : consent.kind };
      if (active === null) return { ...frame, integration: null, resources: {}, lastRun: null, nextRunAt: null, webhooks: NO_WEBHOOKS };
      const { id, type, ats, connector, findings } = active;
      const standing = standingOf(connectorBySlug(connector), active);
      const integration = { id, type, ats, ...standing, findings: findings.map(({ code }) => code) };
      return { ...frame, integration, ...(await this.syncing(tx, tenantId, id)) };
    });
  }

  @Post('refresh')
  @HttpCode(202)
  @Does('Read the source now', 'While a sync run is queued or running, that one is the answer.')
  @Answers(RUN)
  @Fails(...CONSENT_KINDS)
  refresh(@Param('tenantId', Uuid) tenantId: string, @Body() { resources }: RefreshBody): Promise<RunView> {
    return this.store.inTenant(tenantId, async (tx) => {
      const grant = await this.grants.require(tx, tenantId, 'sync');
      const { id } = await this.requests.request(tx, { grant, mode: 'delta', cause: 'person', resources });
      return runView(await this.requests.find(tx, tenantId, id));
    });
  }

  private async syncing(tx: Transaction, tenantId: string, integrationId: string) {
    const watermarks = await watermarksOf(tx, tenantId, integrationId);
    const counts = await countRecords(tx, tenantId);
    const freshness = RESOURCES.map((resource): [string, object] => {
      const watermark = watermarks.get(resource);
      return [resource, { count: counts[resource], freshAsOf: watermark?.readFrom ?? null, fullReadAt: watermark?.fullReadAt ?? null }];
    });
    const last = await tx.em.findOne(SyncRun, { tenantId, integrationId }, { orderBy: { requestedAt: 'desc', id: 'desc' } });
    const schedule = await tx.em.findOne(SyncSchedule, { tenantId, integrationId });
    return {
      resources: Object.fromEntries(freshness),
      lastRun: last === null ? null : runView(last),
      nextRunAt: schedule?.nextRunAt.toISOString() ?? null,
      webhooks: (await webhooksOf(tx, { tenantId, integrationId })) ?? NO_WEBHOOKS,
    };
  }
}
