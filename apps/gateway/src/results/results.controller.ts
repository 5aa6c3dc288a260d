import { Body, Controller, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CONSENT_KINDS, type ResultContent } from '#libs/model';
import type { ResultView } from '#libs/store';
import { Answers, Fails } from '../http/openapi-route.js';
import { Does, Scopes } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
import { ResultBody, ReviseQuery } from './result.dto.js';
import { ResultKey } from './result-key.pipe.js';
import { RESULT } from './result.schema.js';
import { Results } from './results.js';

/** Results on their way to the ATS. */
@ApiTags('results')
@Scopes('results:write')
@Controller('v1/tenants/:tenantId/applications/:id/results/:resultKey')
export class ResultsController {
  constructor(private readonly results: Results) {}

  @Put()
  @HttpCode(202)
  @Does(
    'Send the summary of an assessment to the ATS',
    'It is written into the ATS once. The same body again changes nothing; another one takes its place until it was delivered, and with `revise=true` afterwards.',
  )
  @Answers(RESULT)
  @Fails(...CONSENT_KINDS, 'conflict')
  put(
    @Param('tenantId', Uuid) tenantId: string,
    @Param('id', Uuid) applicationId: string,
    @Param('resultKey', ResultKey) resultKey: string,
    @Query() { revise = false }: ReviseQuery,
    @Body() body: ResultBody,
  ): Promise<ResultView> {
    return this.results.accept({ tenantId, applicationId, resultKey }, contentOf(body), revise);
  }

  @Get()
  @Does('How a result stands: whether it was delivered, by which channel, and what the ATS answered')
  @Answers(RESULT)
  get(
    @Param('tenantId', Uuid) tenantId: string,
    @Param('id', Uuid) applicationId: string,
    @Param('resultKey', ResultKey) resultKey: string,
  ): Promise<ResultView> {
    return this.results.get({ tenantId, applicationId, resultKey });
  }
}

const contentOf = ({ completedAt, roleFit, matchPercent, scores, summary, reportUrl }: ResultBody): ResultContent => ({
  completedAt,
  roleFit: roleFit ?? null,
  matchPercent: matchPercent ?? null,
  scores: scores ?? [],
  summary: summary ?? null,
  reportUrl,
});
