import { Injectable } from '@nestjs/common';
import { requireResource } from '#libs/consent';
import { decodeCursor, encodeCursor, GatewayError, type Resource } from '#libs/model';
import { listRecords, readRecord, Store, watermarksOf, type RecordFilter } from '#libs/store';
import { Grants } from '../consents/grants.js';
import { DEFAULT_LIMIT } from '../http/page.dto.js';
import type { ListQuery } from './records.dto.js';

/** Serves records: consent, the page and its freshness in one transaction. The JSON is PostgreSQL's own and passes through. */
@Injectable()
export class Records {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
  ) {}

  /** A page as JSON text. Throws a consent kind, and `invalid-request` for a cursor of another list. */
  async list(tenantId: string, resource: Resource, { limit = DEFAULT_LIMIT, cursor, ...query }: ListQuery): Promise<string> {
    const filter: RecordFilter = { ...query, includeDeleted: query.includeDeleted === true };
    const list = [tenantId, resource, ...filtersOf(filter)];
    const after = cursor === undefined ? null : decodeCursor(cursor, list);
    return this.store.inTenant(tenantId, async (tx) => {
      const grant = await this.grants.require(tx, tenantId, 'serve');
      requireResource(grant, resource);
      const withApplications = grant.fields.has('application');
      const page = await listRecords(tx, { tenantId, resource, filter, after, limit, withApplications });
      const freshAsOf = (await watermarksOf(tx, tenantId, grant.integrationId)).get(resource)?.readFrom ?? null;
      const nextCursor = page.next === null ? null : encodeCursor(page.next, list);
      return `{"data":[${page.documents.join(',')}],"nextCursor":${JSON.stringify(nextCursor)},"freshAsOf":${JSON.stringify(freshAsOf)}}`;
    });
  }

  /** One record as JSON text. Throws a consent kind, and `not-found`. */
  async get(tenantId: string, resource: Resource, id: string): Promise<string> {
    return this.store.inTenant(tenantId, async (tx) => {
      const grant = await this.grants.require(tx, tenantId, 'serve');
      requireResource(grant, resource);
      const document = await readRecord(tx, { tenantId, resource, id, withApplications: grant.fields.has('application') });
      if (document === null) throw new GatewayError('not-found', { detail: `no such ${resource} of this tenant` });
      return document;
    });
  }
}

/** The filters in one order, however the caller wrote them: a cursor belongs to them. */
function filtersOf(filter: RecordFilter): string[] {
  return Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${String(value)}`)
    .toSorted((a, b) => (a < b ? -1 : 1));
}
