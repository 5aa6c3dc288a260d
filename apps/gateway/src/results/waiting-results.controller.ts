import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GatewayError } from '#libs/model';
import { listResults, resultOfId, Store, type Decision, type ListedResult, type ResultView } from '#libs/store';
import { Answers, Fails } from '../http/openapi-route.js';
import { DEFAULT_LIMIT } from '../http/page.dto.js';
import { Caller, type Principal } from '../http/principal.js';
import { Does, Scopes } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
import { GiveUpBody, ResultsQuery } from './result.dto.js';
import { RESULT, RESULTS } from './result.schema.js';
import { Results } from './results.js';

/** Results that wait for a person, as the platform team sees them. */
@ApiTags('platform')
@Scopes('platform:admin')
@Controller('platform/v1/results')
export class WaitingResultsController {
  constructor(
    private readonly store: Store,
    private readonly results: Results,
  ) {}

  @Get()
  @Does('Deliveries of results, those that changed last first', '`state=parked`: what waits for a person. Nothing of their content.')
  @Answers(RESULTS)
  async list(
    @Query() { state, tenantId, before, limit = DEFAULT_LIMIT }: ResultsQuery,
    @Caller() { tenants }: Principal,
  ): Promise<{ data: ListedResult[] }> {
    const filter = {
      state: state ?? null,
      tenantId: tenantId ?? null,
      before: before ?? null,
      tenants: tenants === null ? null : [...tenants],
    };
    return { data: await this.store.inPlatform((tx) => listResults(tx, { ...filter, limit })) };
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Does(
    'Send a parked result (again)',
    'Where it was in doubt whether it had arrived: somebody has looked into the ATS, and it is not there.',
  )
  @Answers(RESULT)
  @Fails('conflict')
  retry(@Param('id', Uuid) id: string, @Caller() caller: Principal): Promise<ResultView> {
    return this.decide(id, caller, 'retry');
  }

  @Post(':id/give-up')
  @HttpCode(200)
  @Does('Give a parked result up', '`{"delivered": true}` where somebody has seen it in the ATS.')
  @Answers(RESULT)
  @Fails('conflict')
  giveUp(@Param('id', Uuid) id: string, @Body() { delivered = false }: GiveUpBody, @Caller() caller: Principal): Promise<ResultView> {
    return this.decide(id, caller, delivered ? 'delivered' : 'give-up');
  }

  private async decide(id: string, { tenants }: Principal, decision: Decision): Promise<ResultView> {
    const name = await this.store.inPlatform((tx) => resultOfId(tx, id));
    if (name === null || (tenants !== null && !tenants.has(name.tenantId)))
      throw new GatewayError('not-found', { detail: 'no such result; see GET /platform/v1/results' });
    return this.results.decide(name, decision);
  }
}
