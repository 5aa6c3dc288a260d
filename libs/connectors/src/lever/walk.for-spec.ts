import type { RemoteRecord, Resource } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { PageRequest } from '../contract/connector.js';
import { json } from '../http/source.for-spec.js';
import { grantToRead, type Told } from './call.for-spec.js';
import { fixtureOf } from './fixtures.for-spec.js';
import { lever } from './index.js';

export const SINCE = '2026-02-01T10:00:00+01:00';
export const SINCE_MS = '1769936400000';
export const STATES = ['draft', 'pending', 'rejected', 'published', 'internal', 'closed'];

/** All pages, as the pipeline asks for them; it takes no cursor twice. */
export async function walk<R extends Resource>(resource: R, call: Call, request: Partial<PageRequest> = {}) {
  const pages: RemoteRecord<R>[][] = [];
  const met = new Set<string>();
  for (let cursor: string | null = null; ;) {
    const given: PageRequest = { grant: grantToRead(), ...request, ...(cursor === null ? {} : { cursor }) };
    const page = await lever.ports.read[resource].page(call, given);
    pages.push([...page.records]);
    if (page.next === null) return { pages, ids: pages.map((records) => records.map(({ externalId }) => externalId)) };
    if (met.has(page.next)) throw new Error('a cursor came twice');
    met.add(page.next);
    cursor = page.next;
  }
}

const { answer: postings, stages } = fixtureOf('job');

/** An account with the fixtures in it: one published posting with one opportunity, and nothing deleted. */
export function plain(path: string, query: URLSearchParams): Told {
  if (path === 'stages') return json(200, stages);
  if (path === 'users') return fixtureOf('user').answer.data;
  if (path === 'postings') return query.get('state') === 'published' || query.has('updated_at_start') ? postings.data : [];
  if (path.startsWith('postings/') && path !== 'postings/deleted') return json(200, { data: postings.data[0] });
  const resource = query.getAll('include').includes('emails') ? 'candidate' : 'application';
  if (path === 'opportunities') return query.has('archived_posting_id') ? [] : fixtureOf(resource).answer.data;
  return path.endsWith('/deleted') ? [] : undefined;
}
