import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CustomerLink } from '#libs/connectors';
import type { IntegrationRow, Kept } from '#libs/store';
import { CONSENT_KINDS, type Resource } from '#libs/model';
import { Answers, Fails } from '../http/openapi-route.js';
import { Does, Scopes } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
import { Checks } from './checks.js';
import { Connections } from './connections.js';
import { findingView } from './findings.js';
import { ActivationBody, ConnectLinkBody, IntegrationPatchBody, NewIntegrationBody } from './integration.dto.js';
import { ACTIVATED, CHECK, CONNECT_LINK, INTEGRATION, INTEGRATIONS } from './integration.schema.js';
import { Integrations } from './integrations.js';
import { route } from './routing.js';
import { isReadable, standingOf } from './standing.js';

const REMOTE = ['remote-auth-failed', 'remote-forbidden', 'remote-rate-limited', 'remote-unavailable', 'remote-invalid-response'] as const;

/** An integration as the platform team sees it: credentials never come back, only whether there are any. */
function viewOf(row: IntegrationRow) {
  const connector = route(row.type, row.ats);
  return {
    id: row.id,
    tenantId: row.tenantId,
    type: row.type,
    ats: row.ats,
    connector: row.connector,
    settings: row.settings,
    hasCredentials: row.sealedCredentials !== null && row.sealedCredentials !== undefined,
    active: row.active,
    ...standingOf(connector, row),
    findings: row.findings.map((finding) => findingView(connector, finding)),
    checkedAt: row.checkedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

type IntegrationView = ReturnType<typeof viewOf>;

interface ActivatedView extends IntegrationView {
  readonly ids: Readonly<Record<Resource, Kept>>;
}

/** The same as the answer to a check: how the source stood just now. */
function checkOf(row: IntegrationRow) {
  const { state, stateCode, nextStep, findings } = viewOf(row);
  return { ready: isReadable(state), code: stateCode ?? state, nextStep, findings };
}

/** A tenant's links to ATSs, and the toggle between them. */
@ApiTags('platform')
@Scopes('platform:admin')
@Controller('platform/v1/tenants/:tenantId/integrations')
export class IntegrationsController {
  constructor(
    private readonly integrations: Integrations,
    private readonly checks: Checks,
    private readonly connections: Connections,
  ) {}

  @Post()
  @Does('Make an integration; it is not active until it is activated')
  @Answers(INTEGRATION)
  @Fails('unsupported')
  async create(@Param('tenantId', Uuid) tenantId: string, @Body() body: NewIntegrationBody): Promise<IntegrationView> {
    return viewOf(await this.integrations.create(tenantId, body));
  }

  @Get()
  @Does('The tenant’s integrations')
  @Answers(INTEGRATIONS)
  async list(@Param('tenantId', Uuid) tenantId: string): Promise<{ data: IntegrationView[] }> {
    return { data: (await this.integrations.list(tenantId)).map(viewOf) };
  }

  @Get(':id')
  @Does('One integration')
  @Answers(INTEGRATION)
  async get(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<IntegrationView> {
    return viewOf(await this.integrations.get(tenantId, id));
  }

  @Patch(':id')
  @Does('Change settings or credentials')
  @Answers(INTEGRATION)
  @Fails('conflict')
  async change(
    @Param('tenantId', Uuid) tenantId: string,
    @Param('id', Uuid) id: string,
    @Body() body: IntegrationPatchBody,
  ): Promise<IntegrationView> {
    return viewOf(await this.integrations.change(tenantId, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Does('End the link to the ATS')
  remove(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<void> {
    return this.integrations.remove(tenantId, id);
  }

  @Post(':id/check')
  @HttpCode(200)
  @Does(
    'Ask the source whether the connection works',
    'Makes only calls that carry no personal data, so it needs no consent. A repaired login resumes syncing.',
  )
  @Answers(CHECK)
  @Fails(...REMOTE)
  async check(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<ReturnType<typeof checkOf>> {
    return checkOf(await this.checks.check(tenantId, id));
  }

  @Post(':id/connect-link')
  @HttpCode(200)
  @Does(
    'The link that the customer needs next: to connect, to repair the login, or to finish the set-up',
    'The integration is bound to what the customer connects when the source tells us, or by `activate` with the token of its page.',
  )
  @Answers(CONNECT_LINK)
  @Fails(...CONSENT_KINDS, ...REMOTE, 'unsupported', 'config-invalid')
  link(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string, @Body() wishes: ConnectLinkBody): Promise<CustomerLink> {
    return this.connections.link(tenantId, id, wishes);
  }

  @Post(':id/activate')
  @HttpCode(200)
  @Does(
    'Make this the tenant’s active integration, at once',
    'Refused with reasons where consent does not cover it. Records keep their ids where the same ATS knows them by the same remote id: `ids` says how many can; a switch compares first and does more. Starts a full sync where none was completed. With the token of a connection page the integration is bound first.',
  )
  @Answers(ACTIVATED)
  @Fails(...CONSENT_KINDS, ...REMOTE, 'conflict', 'unsupported')
  async activate(
    @Param('tenantId', Uuid) tenantId: string,
    @Param('id', Uuid) id: string,
    @Body() { token }: ActivationBody,
  ): Promise<ActivatedView> {
    if (token !== undefined) await this.connections.bindByToken(tenantId, id, token);
    const { row, ids } = await this.integrations.activate(tenantId, id);
    return { ...viewOf(row), ids };
  }
}
