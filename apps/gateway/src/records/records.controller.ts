import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Does, Scopes } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
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
  jobs(@Param('tenantId', Uuid) tenantId: string, @Query() query: JobsQuery): Promise<string> {
    return this.records.list(tenantId, 'job', query);
  }

  @Get('jobs/:id')
  @Header('content-type', JSON_TYPE)
  @Does('One job')
  job(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<string> {
    return this.records.get(tenantId, 'job', id);
  }

  @Get('users')
  @Header('content-type', JSON_TYPE)
  @Does('Users of the ATS')
  users(@Param('tenantId', Uuid) tenantId: string, @Query() query: ListQuery): Promise<string> {
    return this.records.list(tenantId, 'user', query);
  }

  @Get('users/:id')
  @Header('content-type', JSON_TYPE)
  @Does('One user of the ATS')
  user(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<string> {
    return this.records.get(tenantId, 'user', id);
  }

  @Get('candidates')
  @Header('content-type', JSON_TYPE)
  @Does('Candidates with the ids of their applications')
  candidates(@Param('tenantId', Uuid) tenantId: string, @Query() query: CandidatesQuery): Promise<string> {
    return this.records.list(tenantId, 'candidate', query);
  }

  @Get('candidates/:id')
  @Header('content-type', JSON_TYPE)
  @Does('One candidate')
  candidate(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<string> {
    return this.records.get(tenantId, 'candidate', id);
  }

  @Get('applications')
  @Header('content-type', JSON_TYPE)
  @Does('Applications with their candidate, job and stage')
  applications(@Param('tenantId', Uuid) tenantId: string, @Query() query: ApplicationsQuery): Promise<string> {
    return this.records.list(tenantId, 'application', query);
  }

  @Get('applications/:id')
  @Header('content-type', JSON_TYPE)
  @Does('One application')
  application(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<string> {
    return this.records.get(tenantId, 'application', id);
  }
}
