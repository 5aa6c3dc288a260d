import { GatewayError, type FieldName, type Resource } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { Page, PageRequest, Reader } from '../contract/connector.js';
import { recordPage } from '../contract/record-page.js';
import { readList } from './client.js';
import { MAPPINGS } from './mapper.js';

/** The largest `page_size` (Kombo OpenAPI, 2026-05-02). */
export const PAGE_SIZE = 250;

export interface ReaderSpec<R extends Resource> {
  readonly resource: R;
  readonly path: string;
  readonly fills: readonly FieldName<R>[];
  /** Whether the list has a filter `job_ids`. */
  readonly byJob: boolean;
}

/**
 * Reads a list of Kombo's mirror. `updated_after` also returns a record whose nested parts changed; `include_deleted` shows deletions, for
 * 14 days; a filter that a tool does not support then gives an empty list rather than an unfiltered one (Kombo OpenAPI, 2026-05-02).
 */
export function createReader<R extends Resource>({ resource, path, fills, byJob }: ReaderSpec<R>): Reader<R> {
  return {
    fills,
    delta: 'updated-after',
    deletions: 'reported',
    byJob,
    async page(call: Call, request: PageRequest): Promise<Page<R>> {
      if (!request.grant.fields.has(resource)) throw new GatewayError('consent-does-not-cover', { context: { resource } });
      if (request.jobs !== undefined && !byJob) throw new GatewayError('unsupported', { context: { resource } });
      if (request.jobs?.length === 0) return recordPage<R>(MAPPINGS[resource], [], { next: null });
      const { results, next } = await readList(call, path, queryOf(request));
      return recordPage<R>(MAPPINGS[resource], results, { next });
    },
  };
}

/** All filters go with every cursor: Kombo does not keep them. */
function queryOf({ since, cursor, jobs }: PageRequest): Readonly<Record<string, string>> {
  return {
    page_size: String(PAGE_SIZE),
    include_deleted: 'true',
    ignore_unsupported_filters: 'false',
    // Kombo takes no offsets, only `Z`.
    ...(since === undefined ? {} : { updated_after: new Date(since).toISOString() }),
    ...(cursor === undefined ? {} : { cursor }),
    ...(jobs === undefined ? {} : { job_ids: jobs.join(',') }),
  };
}
