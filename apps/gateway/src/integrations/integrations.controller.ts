import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CheckOutcome } from '#libs/connectors';
import type { IntegrationRow } from '#libs/store';
import { CONSENT_KINDS } from '#libs/model';
import { Answers, Fails } from '../http/openapi-route.js';
import { Does, Scopes } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
import { Checks } from './checks.js';
import { IntegrationPatchBody, NewIntegrationBody } from './integration.dto.js';
import { CHECK, INTEGRATION, INTEGRATIONS } from './integration.schema.js';
import { Integrations } from './integrations.js';

/** An integration as the platform team sees it: credentials never come back, only whether there are any. */
function viewOf(row: IntegrationRow) {
  return {
    id: row.id,
    tenantId: row.tenantId,
    type: row.type,
    ats: row.ats,
    connector: row.connector,
    settings: row.settings,
    hasCredentials: row.sealedCredentials !== null && row.sealedCredentials !== undefined,
    active: row.active,
    state: row.state,
    stateCode: row.stateCode ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

type IntegrationView = ReturnType<typeof viewOf>;

/** A tenant's links to ATSs, and the toggle between them. */
@ApiTags('platform')
@Scopes('platform:admin')
@Controller('platform/v1/tenants/:tenantId/integrations')
export class IntegrationsController {
  constructor(
    private readonly integrations: Integrations,
    private readonly checks: Checks,
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
  @Fails('remote-auth-failed', 'remote-forbidden', 'remote-rate-limited', 'remote-unavailable', 'remote-invalid-response')
  check(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<CheckOutcome> {
    return this.checks.check(tenantId, id);
  }

  @Post(':id/activate')
  @HttpCode(200)
  @Does(
    'Make this the tenant’s active integration, at once',
    'Refused with reasons where consent does not cover it. Starts a full sync where none was completed.',
  )
  @Answers(INTEGRATION)
  @Fails(...CONSENT_KINDS)
  async activate(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<IntegrationView> {
    return viewOf(await this.integrations.activate(tenantId, id));
  }
}
