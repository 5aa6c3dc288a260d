import { Controller, Get, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { LIVE, READY } from './health.schema.js';
import { Answers } from './openapi-route.js';
import { isReady, Readiness, type Standing } from './readiness.js';
import { Does, Public } from './scopes.js';

/** Whether the process lives, and whether it can work. */
@ApiTags('operations')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @Does('The process answers')
  @Answers(LIVE)
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Does(
    'Whether this process can work',
    'The database can be written to and is the one that this build needs; tasks are being claimed and due syncs looked for, where its roles say so.',
  )
  @ApiResponse({ status: 200, description: 'It can work.' })
  @ApiResponse({ status: 503, description: 'It cannot, for the reason that the answer names, or it is stopping.' })
  @Answers(READY)
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Standing & { status: string }> {
    const standing = await this.readiness.standing();
    const ready = isReady(standing);
    void reply.status(ready ? 200 : 503);
    return { status: ready ? 'ok' : 'unavailable', ...standing };
  }
}
