import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CONSENT_KINDS } from '#libs/model';
import { Answers, Fails } from '../http/openapi-route.js';
import { Does, Scopes } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
import { APPLICATION, CANDIDATE, JOB, pageOf, USER } from './record.schema.js';
import { ApplicationsQuery, CandidatesQuery, JobsQuery, ListQuery } from './records.dto.js';
import { Records } from './records.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** The normalized records, as internal services read them. Answers are JSON texts that PostgreSQL rendered. */
@ApiTags('records')
@Scopes('ats:read')
@Controller('v1/tenants/:tenantId')
export class RecordsController {
  constructor(private readonly records: Records) {}

  @Get('jobs')
  @Header('content-type', JSON_TYPE)
  @Does('Jobs with their stages and hiring team')
  @Answers(pageOf(JOB))
  @Fails(...CONSENT_KINDS)
  jobs(@Param('tenantId', Uuid) tenantId: string, @Query() query: JobsQuery): Promise<string> {
    return this.records.list(tenantId, 'job', query);
  }

  @Get('jobs/:id')
  @Header('content-type', JSON_TYPE)
  @Does('One job')
  @Answers(JOB)
  @Fails(...CONSENT_KINDS)
  job(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<string> {
    return this.records.get(tenantId, 'job', id);
  }

  @Get('users')
  @Header('content-type', JSON_TYPE)
  @Does('Users of the ATS')
  @Answers(pageOf(USER))
  @Fails(...CONSENT_KINDS)
  users(@Param('tenantId', Uuid) tenantId: string, @Query() query: ListQuery): Promise<string> {
    return this.records.list(tenantId, 'user', query);
  }

  @Get('users/:id')
  @Header('content-type', JSON_TYPE)
  @Does('One user of the ATS')
  @Answers(USER)
  @Fails(...CONSENT_KINDS)
  user(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<string> {
    return this.records.get(tenantId, 'user', id);
  }

  @Get('candidates')
  @Header('content-type', JSON_TYPE)
  @Does('Candidates with the ids of their applications')
  @Answers(pageOf(CANDIDATE))
  @Fails(...CONSENT_KINDS)
  candidates(@Param('tenantId', Uuid) tenantId: string, @Query() query: CandidatesQuery): Promise<string> {
    return this.records.list(tenantId, 'candidate', query);
  }

  @Get('candidates/:id')
  @Header('content-type', JSON_TYPE)
  @Does('One candidate')
  @Answers(CANDIDATE)
  @Fails(...CONSENT_KINDS)
  candidate(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<string> {
    return this.records.get(tenantId, 'candidate', id);
  }

  @Get('applications')
  @Header('content-type', JSON_TYPE)
  @Does('Applications with their candidate, job and stage')
  @Answers(pageOf(APPLICATION))
  @Fails(...CONSENT_KINDS)
  applications(@Param('tenantId', Uuid) tenantId: string, @Query() query: ApplicationsQuery): Promise<string> {
    return this.records.list(tenantId, 'application', query);
  }

  @Get('applications/:id')
  @Header('content-type', JSON_TYPE)
  @Does('One application')
  @Answers(APPLICATION)
  @Fails(...CONSENT_KINDS)
  application(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<string> {
    return this.records.get(tenantId, 'application', id);
  }
}
