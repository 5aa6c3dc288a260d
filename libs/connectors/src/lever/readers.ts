import { GatewayError } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { Page, PageRequest, Reader } from '../contract/connector.js';
import { grantedNames, requireGranted } from '../contract/granted.js';
import { recordPage } from '../contract/record-page.js';
import { readByPosting } from './by-posting.js';
import { millisecondsOf, readList } from './client.js';
import { MAPPINGS } from './mapper.js';

/** Users, those that have left too: postings still name them. They have no time of change, so a delta reads all. */
export const user: Reader<'user'> = {
  fills: ['firstName', 'lastName', 'email'],
  delta: 'none',
  deletions: 'by-absence',
  byJob: false,
  async page(call: Call, { grant, cursor, jobs }: PageRequest): Promise<Page<'user'>> {
    requireGranted(grant, 'user');
    if (jobs !== undefined) throw new GatewayError('unsupported', { context: { resource: 'user' } });
    const include = grantedNames(grant, 'user', ['id'], { firstName: ['name'], lastName: ['name'], email: ['email'] });
    const filters = { includeDeactivated: 'true' };
    const { items, next } = await readList(call, { path: 'users', include, filters, offset: cursor ?? null });
    return recordPage(MAPPINGS.user, items, { next });
  },
};

/**
 * Candidates are contacts, as their opportunities show them. They have no times here: those of a person's opportunities differ. Of a deletion only
 * the opportunity is told, and the person may have others.
 */
export const candidate: Reader<'candidate'> = {
  fills: ['firstName', 'lastName', 'email'],
  delta: 'updated-after',
  deletions: 'by-absence',
  byJob: true,
  async page(call: Call, request: PageRequest): Promise<Page<'candidate'>> {
    const { grant, since, cursor, jobs } = request;
    requireGranted(grant, 'candidate');
    const include = grantedNames(grant, 'candidate', ['contact'], { firstName: ['name'], lastName: ['name'], email: ['emails'] });
    if (jobs !== undefined) {
      const { found, next } = await readByPosting(call, request, include, null);
      const opportunities = found.map(({ opportunity }) => opportunity);
      return recordPage(MAPPINGS.candidate, opportunities, { next });
    }
    const filters = since === undefined ? {} : { updated_at_start: millisecondsOf(since) };
    const { items, next } = await readList(call, { path: 'opportunities', include, filters, offset: cursor ?? null });
    return recordPage(MAPPINGS.candidate, items, { next });
  },
};
