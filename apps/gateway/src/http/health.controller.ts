import { Controller, Get, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Store } from '#libs/store';
import { LIVE, READY } from './health.schema.js';
import { Answers } from './openapi-route.js';
import { Does, Public } from './scopes.js';

/** Whether the process lives, and whether it can work. */
@ApiTags('operations')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly store: Store) {}

  @Get('live')
  @Does('The process answers')
  @Answers(LIVE)
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Does('The database answers, and its schema is the one that this build needs')
  @ApiResponse({ status: 200, description: 'It can work.' })
  @ApiResponse({ status: 503, description: 'It cannot, for the reason that the answer names.' })
  @Answers(READY)
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ status: string; database: string; migrations: string }> {
    const current = await this.store.isCurrent().catch(() => null);
    const ready = current === true;
    void reply.status(ready ? 200 : 503);
    return { status: ready ? 'ok' : 'unavailable', database: current === null ? 'down' : 'up', migrations: ready ? 'current' : 'unknown' };
  }
}
