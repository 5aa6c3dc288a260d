import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CONSENT_KINDS, type SwitchPreview } from '#libs/model';
import { Answers, Fails } from '../../http/openapi-route.js';
import { Caller, type Principal } from '../../http/principal.js';
import { Does, Scopes } from '../../http/scopes.js';
import { Uuid } from '../../http/uuid.pipe.js';
import { Cutovers } from './cutovers.js';
import { CutoverBody, NewSwitchBody, SwitchTargetQuery } from './switch.dto.js';
import { PREVIEW, SWITCH, SWITCHES } from './switch.schema.js';
import { switchView, type SwitchView } from './switch.view.js';
import { Switches } from './switches.js';

/** The careful toggle of a tenant's integration: shadow, diff, cutover, rollback. */
@ApiTags('platform')
@Scopes('platform:admin')
@Controller('platform/v1/tenants/:tenantId/switches')
export class SwitchesController {
  constructor(
    private readonly switches: Switches,
    private readonly cutovers: Cutovers,
  ) {}

  @Get('preview')
  @Does(
    'What the tenant would lose and gain with another integration',
    'Of fields and capabilities, as the connectors declare them. Nothing is read.',
  )
  @Answers(PREVIEW)
  @Fails('conflict')
  preview(@Param('tenantId', Uuid) tenantId: string, @Query() { toIntegrationId }: SwitchTargetQuery): Promise<SwitchPreview> {
    return this.switches.preview(tenantId, toIntegrationId);
  }

  @Post()
  @HttpCode(202)
  @Does(
    'Begin a switch: the target is read into a shadow and compared',
    'Readers notice nothing. Refused with reasons where consent does not cover the target; one at a time.',
  )
  @Answers(SWITCH)
  @Fails(...CONSENT_KINDS, 'conflict')
  async ask(
    @Param('tenantId', Uuid) tenantId: string,
    @Body() { toIntegrationId, reason }: NewSwitchBody,
    @Caller() { subject: by }: Principal,
  ): Promise<SwitchView> {
    return switchView(await this.switches.ask(tenantId, { toIntegrationId, reason: reason ?? null, by }));
  }

  @Get()
  @Does('The tenant’s switches, newest first')
  @Answers(SWITCHES)
  async list(@Param('tenantId', Uuid) tenantId: string): Promise<{ data: SwitchView[] }> {
    return { data: (await this.switches.list(tenantId)).map(switchView) };
  }

  @Get(':id')
  @Does('One switch, with its progress, then its diff and verdict')
  @Answers(SWITCH)
  async get(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<SwitchView> {
    return switchView(await this.switches.get(tenantId, id));
  }

  @Post(':id/compare')
  @HttpCode(202)
  @Does('Read the target once more and compare', 'For a target that sends its records itself: it has sent them all.')
  @Answers(SWITCH)
  @Fails(...CONSENT_KINDS, 'conflict')
  async compare(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<SwitchView> {
    return switchView(await this.switches.compare(tenantId, id));
  }

  @Post(':id/cutover')
  @HttpCode(200)
  @Does(
    'Make the target the active integration, in one transaction',
    'Records that are on both sides keep their ids. What speaks against it has to be accepted by name.',
  )
  @Answers(SWITCH)
  @Fails(...CONSENT_KINDS, 'conflict')
  async cutOver(
    @Param('tenantId', Uuid) tenantId: string,
    @Param('id', Uuid) id: string,
    @Body() { accept = [] }: CutoverBody,
    @Caller() { subject: by }: Principal,
  ): Promise<SwitchView> {
    return switchView(await this.cutovers.cutOver(tenantId, id, { accept, by }));
  }

  @Post(':id/rollback')
  @HttpCode(200)
  @Does('Go back to the former integration, in one transaction', 'For 30 days. Records keep their ids.')
  @Answers(SWITCH)
  @Fails(...CONSENT_KINDS, 'conflict')
  async rollBack(
    @Param('tenantId', Uuid) tenantId: string,
    @Param('id', Uuid) id: string,
    @Caller() { subject: by }: Principal,
  ): Promise<SwitchView> {
    return switchView(await this.cutovers.rollBack(tenantId, id, by));
  }

  @Delete(':id')
  @HttpCode(204)
  @Does('Give up a switch that has changed nothing yet; its shadow is forgotten')
  @Fails('conflict')
  cancel(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<void> {
    return this.switches.cancel(tenantId, id);
  }
}
