import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GatewayError } from '#libs/model';
import { Answers, Fails } from '../../http/openapi-route.js';
import { Does, Public, Scopes } from '../../http/scopes.js';
import { Uuid } from '../../http/uuid.pipe.js';
import { Authorizations } from './authorizations.js';
import { CallbackQuery } from './oauth.dto.js';
import { AUTHORIZATION, CONNECTED } from './oauth.schema.js';

/** Connecting an ATS that wants its customer to let us in. */
@ApiTags('platform')
@Controller('platform/v1')
export class OAuthController {
  constructor(private readonly authorizations: Authorizations) {}

  @Post('tenants/:tenantId/integrations/:id/authorize')
  @HttpCode(200)
  @Scopes('platform:admin')
  @Does(
    'The address that the customer opens to let us into their ATS',
    'Good once, for an hour. The ATS sends the browser back to us, and the integration is checked.',
  )
  @Answers(AUTHORIZATION)
  @Fails('unsupported', 'config-invalid')
  authorize(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<{ url: string; expiresAt: string }> {
    return this.authorizations.link(tenantId, id);
  }

  @Get('oauth/callback')
  @Public()
  @Does('Where an ATS sends the customer’s browser back to')
  @Answers(CONNECTED)
  @Fails('invalid-request', 'remote-auth-failed', 'remote-unavailable', 'remote-rate-limited', 'remote-invalid-response')
  async callback(@Query() { state, code, error }: CallbackQuery): Promise<{ connected: true }> {
    if (error !== undefined || code === undefined || state === undefined)
      throw new GatewayError('invalid-request', { detail: 'the ATS did not let us in; ask for a new link and try again' });
    await this.authorizations.complete(state, code);
    return { connected: true };
  }
}
