import { Body, Controller, Delete, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CONSENT_KINDS, RESOURCES, type Resource } from '#libs/model';
import { component, list, object, oneOf, orNull, textOrNull, uuidOrNull, count, text } from '../http/openapi-schema.js';
import { Answers, Fails } from '../http/openapi-route.js';
import { Does } from '../http/scopes.js';
import { Batches, type ItemOutcome } from './batches.js';
import { ApplicationBody, BatchBody, CandidateBody, JobBody, UserBody } from './partner.dto.js';
import { ByPartnerKey, Partner } from './partner-key.guard.js';
import type { PartnerCaller } from './partner-keys.js';
import { Pushes } from './pushes.js';
import { ListName, RemoteId } from './remote-id.pipe.js';

const STORED = component(
  'StoredRecord',
  object({ remoteId: text, id: { ...uuidOrNull, description: 'Ours; null where the customer’s job scope leaves the record out.' } }),
);

const ITEM = component(
  'BatchOutcome',
  object({
    index: count,
    resource: orNull(oneOf(RESOURCES)),
    remoteId: textOrNull,
    outcome: oneOf(['stored', 'deleted', 'out-of-scope', 'refused']),
    id: uuidOrNull,
    detail: textOrNull,
  }),
);

interface StoredRecord {
  readonly remoteId: string;
  readonly id: string | null;
}

/** What an ATS that has built the integration itself sends, by its own names. Any field that is not listed is refused by name. */
@ApiTags('partner')
@ByPartnerKey()
@Controller('partner/v1')
export class PartnerRecordsController {
  constructor(
    private readonly pushes: Pushes,
    private readonly batches: Batches,
  ) {}

  @Put('jobs/:remoteId')
  @Does('Send a job')
  @Answers(STORED)
  @Fails(...CONSENT_KINDS, 'conflict')
  job(@Partner() partner: PartnerCaller, @Param('remoteId', RemoteId) remoteId: string, @Body() body: JobBody): Promise<StoredRecord> {
    return this.stored(remoteId, this.pushes.put(partner, 'job', remoteId, body));
  }

  @Put('users/:remoteId')
  @Does('Send a user of the ATS')
  @Answers(STORED)
  @Fails(...CONSENT_KINDS, 'conflict')
  user(@Partner() partner: PartnerCaller, @Param('remoteId', RemoteId) remoteId: string, @Body() body: UserBody): Promise<StoredRecord> {
    return this.stored(remoteId, this.pushes.put(partner, 'user', remoteId, body));
  }

  @Put('candidates/:remoteId')
  @Does('Send a candidate')
  @Answers(STORED)
  @Fails(...CONSENT_KINDS, 'conflict')
  candidate(
    @Partner() partner: PartnerCaller,
    @Param('remoteId', RemoteId) remoteId: string,
    @Body() body: CandidateBody,
  ): Promise<StoredRecord> {
    return this.stored(remoteId, this.pushes.put(partner, 'candidate', remoteId, body));
  }

  @Put('applications/:remoteId')
  @Does('Send an application, or its new stage')
  @Answers(STORED)
  @Fails(...CONSENT_KINDS, 'conflict')
  application(
    @Partner() partner: PartnerCaller,
    @Param('remoteId', RemoteId) remoteId: string,
    @Body() body: ApplicationBody,
  ): Promise<StoredRecord> {
    return this.stored(remoteId, this.pushes.put(partner, 'application', remoteId, body));
  }

  @Delete(':list/:remoteId')
  @HttpCode(204)
  @Does('Delete a record', 'A candidate takes their applications along. What is not there is deleted already.')
  @Fails(...CONSENT_KINDS, 'conflict')
  async remove(
    @Partner() partner: PartnerCaller,
    @Param('list', ListName) resource: Resource,
    @Param('remoteId', RemoteId) remoteId: string,
  ): Promise<void> {
    await this.pushes.delete(partner, resource, remoteId);
  }

  @Post('batch')
  @HttpCode(200)
  @Does('Send many records at once', 'At most 1,000. Each is looked at by itself; the good ones are kept.')
  @Answers(object({ items: list(ITEM) }))
  @Fails(...CONSENT_KINDS, 'conflict')
  async batch(@Partner() partner: PartnerCaller, @Body() { items }: BatchBody): Promise<{ items: readonly ItemOutcome[] }> {
    return { items: await this.batches.take(partner, items) };
  }

  private async stored(remoteId: string, storing: Promise<string | null>): Promise<StoredRecord> {
    return { remoteId, id: await storing };
  }
}
