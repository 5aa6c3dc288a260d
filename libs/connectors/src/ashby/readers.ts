import type { Grant } from '#libs/consent';
import { GatewayError, type FieldName, type Resource } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { Page, PageRequest, Reader } from '../contract/connector.js';
import { requireGranted } from '../contract/granted.js';
import { recordPage } from '../contract/record-page.js';
import { PAGE_SIZE, readPage, type Body } from './client.js';
import { joinJobs } from './job-parts.js';
import { MAPPINGS } from './mapper.js';

/** Jobs are fewer, as each page of theirs may need a request per job for its stages. */
const JOBS_A_PAGE = 50;

interface ReaderSpec<R extends Resource> {
  readonly resource: R;
  readonly fills: readonly FieldName<R>[];
  readonly operation: string;
  readonly filters: (grant: Grant) => Body;
  /** Adds what Ashby holds apart from the records. */
  readonly join?: (call: Call, items: readonly unknown[], grant: Grant) => Promise<readonly unknown[]>;
}

/**
 * Reads a list of Ashby's. The last page names a sync token, with which the next walk gives only what has changed since; it and all filters go
 * with every page (Ashby's guide to incremental synchronization, 2026-08). `application.list` knows `jobId`, which a sync token does not go with.
 */
function createReader<R extends Resource>({ resource, fills, operation, filters, join }: ReaderSpec<R>): Reader<R> {
  return {
    fills,
    delta: 'sync-token',
    deletions: 'by-absence',
    byJob: false,
    async page(call: Call, { grant, jobs, cursor, syncToken: since }: PageRequest): Promise<Page<R>> {
      requireGranted(grant, resource);
      if (jobs !== undefined) throw new GatewayError('unsupported', { context: { resource } });
      const place = { ...(since === undefined ? {} : { syncToken: since }), ...(cursor === undefined ? {} : { cursor }) };
      const { results, next, syncToken } = await readPage(call, operation, { limit: PAGE_SIZE, ...filters(grant), ...place });
      const items = join === undefined ? results : await join(call, results, grant);
      return recordPage<R>(MAPPINGS[resource], items, { next, ...(syncToken === null ? {} : { syncToken }) });
    },
  };
}

/** Drafts come only where they are asked for (Ashby OpenAPI, 2026-08). A location that is not granted is not asked for. */
function jobFilters(grant: Grant): Body {
  const status = ['Draft', 'Open', 'Closed', 'Archived'];
  const hasPlace = grant.fields.get('job')?.has('location') === true;
  return { limit: JOBS_A_PAGE, status, ...(hasPlace ? { expand: ['location'] } : {}) };
}

/** Users who have left too: a hiring team may still name them. */
export const READERS: { readonly [R in Resource]: Reader<R> } = {
  user: createReader({
    resource: 'user',
    fills: ['firstName', 'lastName', 'email', 'remoteUpdatedAt'],
    operation: 'user.list',
    filters: () => ({ includeDeactivated: true }),
  }),
  job: createReader({
    resource: 'job',
    fills: ['name', 'status', 'visibility', 'location', 'remoteUpdatedAt', 'stages', 'hiringTeam'],
    operation: 'job.list',
    filters: jobFilters,
    join: joinJobs,
  }),
  candidate: createReader({
    resource: 'candidate',
    fills: ['firstName', 'lastName', 'email', 'remoteCreatedAt', 'remoteUpdatedAt'],
    operation: 'candidate.list',
    filters: () => ({}),
  }),
  application: createReader({
    resource: 'application',
    fills: ['candidateId', 'jobId', 'stageId', 'stageName', 'remoteCreatedAt', 'remoteUpdatedAt'],
    operation: 'application.list',
    filters: () => ({}),
  }),
};
