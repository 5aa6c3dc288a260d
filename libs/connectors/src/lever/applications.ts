import type { Call } from '../contract/call.js';
import type { Page, PageRequest, Reader } from '../contract/connector.js';
import { grantedNames, requireGranted, type SourceNames } from '../contract/granted.js';
import { isObject, own } from '../contract/raw-object.js';
import { recordPage } from '../contract/record-page.js';
import { readByPosting, type Found } from './by-posting.js';
import { millisecondsOf, readList } from './client.js';
import { DELETIONS, isAmongDeletions, readDeletions } from './deleted.js';
import { MAPPINGS } from './mapper.js';
import { readStages } from './stages.js';

const NAMES: SourceNames<'application'> = {
  stageId: ['stage'],
  stageName: ['stage'],
  remoteCreatedAt: ['createdAt'],
  remoteUpdatedAt: ['updatedAt'],
};

/**
 * Applications are opportunities, read posting by posting: which posting one is for is told by nothing but the filter, unless all that the person
 * wrote is asked for with it. Confidential ones are not asked for. A delta ends with those that were deleted.
 */
export const application: Reader<'application'> = {
  fills: ['candidateId', 'jobId', 'stageId', 'stageName', 'remoteCreatedAt', 'remoteUpdatedAt'],
  delta: 'updated-after',
  deletions: 'reported',
  byJob: true,
  async page(call: Call, request: PageRequest): Promise<Page<'application'>> {
    const { grant, since, cursor, jobs } = request;
    requireGranted(grant, 'application');
    if (isAmongDeletions(cursor)) return readDeletions(call, 'opportunities', 'application', request);
    const end = since === undefined || jobs !== undefined ? null : DELETIONS;
    const isQuiet = since !== undefined && cursor === undefined && !(await hasChanged(call, since));
    if (isQuiet) return recordPage(MAPPINGS.application, [], { next: end });
    const { found, next } = await readByPosting(call, request, grantedNames(grant, 'application', ['id', 'contact'], NAMES), end);
    return recordPage(MAPPINGS.application, await joined(call, request, found), { next });
  },
};

/** Asked before a delta walks all postings: mostly nothing has. */
async function hasChanged(call: Call, since: string): Promise<boolean> {
  const filters = { updated_at_start: millisecondsOf(since) };
  const { items } = await readList(call, { path: 'opportunities', include: ['id'], filters, limit: 1 });
  return items.length > 0;
}

async function joined(call: Call, { grant }: PageRequest, found: readonly Found[]): Promise<readonly unknown[]> {
  const isNamed = found.length > 0 && grant.fields.get('application')?.has('stageName') === true;
  const names = new Map<unknown, string | null>(isNamed ? (await readStages(call)).map(({ id, text }) => [id, text]) : []);
  return found.map(({ posting, opportunity }) =>
    isObject(opportunity) ? { ...opportunity, posting, stageName: names.get(own(opportunity, 'stage')) ?? null } : opportunity,
  );
}
