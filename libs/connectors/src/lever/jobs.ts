import { GatewayError } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { Page, PageRequest, Reader } from '../contract/connector.js';
import { grantedNames, requireGranted, type SourceNames } from '../contract/granted.js';
import { isObject } from '../contract/raw-object.js';
import { recordPage } from '../contract/record-page.js';
import { DELETIONS, isAmongDeletions, readDeletions } from './deleted.js';
import { MAPPINGS } from './mapper.js';
import { readPostings } from './postings.js';
import { readStages } from './stages.js';

const NAMES: SourceNames<'job'> = {
  name: ['text'],
  status: ['state'],
  visibility: ['state', 'distributionChannels', 'confidentiality'],
  location: ['categories', 'country'],
  remoteUpdatedAt: ['updatedAt'],
  hiringTeam: ['owner', 'hiringManager', 'user', 'followers'],
};

/** Jobs are postings; each has all stages of the account. A delta ends with the postings that were deleted. */
export const job: Reader<'job'> = {
  fills: ['name', 'status', 'visibility', 'location', 'remoteUpdatedAt', 'stages', 'hiringTeam'],
  delta: 'updated-after',
  deletions: 'reported',
  byJob: false,
  async page(call: Call, request: PageRequest): Promise<Page<'job'>> {
    const { grant, since, cursor, jobs } = request;
    requireGranted(grant, 'job');
    if (jobs !== undefined) throw new GatewayError('unsupported', { context: { resource: 'job' } });
    if (isAmongDeletions(cursor)) return readDeletions(call, 'postings', 'job', request);
    const wanted = { include: grantedNames(grant, 'job', ['id'], NAMES), ...(since === undefined ? {} : { since }) };
    const { items, next } = await readPostings(call, wanted, cursor ?? null);
    const end = since === undefined ? null : DELETIONS;
    return recordPage(MAPPINGS.job, await withStages(call, request, items), { next: next ?? end });
  },
};

async function withStages(call: Call, { grant }: PageRequest, postings: readonly unknown[]): Promise<readonly unknown[]> {
  if (postings.length === 0 || grant.fields.get('job')?.has('stages') !== true) return postings;
  const stages = await readStages(call);
  return postings.map((posting) => (isObject(posting) ? { ...posting, stages } : posting));
}
