import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers } from '../http/openapi-route.js';
import { Does, Public } from '../http/scopes.js';
import { text } from '../http/openapi-schema.js';
import { Metrics } from './metrics.js';

/** For Prometheus. */
@ApiTags('operations')
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Does('What this process counts, and how the service stands', 'Prometheus’ text format. No tenant is named.')
  @Answers(text)
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }
}
