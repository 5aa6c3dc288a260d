import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Store } from '#libs/store';
import { Does, Public } from './scopes.js';

/** Whether the process lives, and whether it can work. */
@ApiTags('operations')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly store: Store) {}

  @Get('live')
  @Does('The process answers')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Does('The database answers, and its schema is the one that this build needs')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ status: string; database: string; migrations: string }> {
    const current = await this.store.isCurrent().catch(() => null);
    const ready = current === true;
    void reply.status(ready ? 200 : 503);
    return { status: ready ? 'ok' : 'unavailable', database: current === null ? 'down' : 'up', migrations: ready ? 'current' : 'unknown' };
  }
}
