import { describeConnector } from '../acceptance/describe-connector.js';
import { objectIn, listIn, type Json } from '../acceptance/control.js';
import type { Source } from '../acceptance/source.js';
import { lever } from './index.js';

/** All items of a list, as Lever has them: counted without the connector. */
async function itemsOf({ settings, credentials }: Source, path: string): Promise<readonly Json[]> {
  const authorization = `Basic ${Buffer.from(`${credentials['apiKey'] ?? ''}:`).toString('base64')}`;
  const items: Json[] = [];
  for (let offset: string | null = ''; offset !== null;) {
    const query = offset === '' ? '' : `&offset=${offset}`;
    const response = await fetch(`${settings['apiUrl'] ?? ''}/${path}${query}`, { headers: { authorization } });
    const page = objectIn(await response.json());
    items.push(...listIn(page['data']));
    offset = typeof page['next'] === 'string' ? page['next'] : null;
  }
  return items;
}

const countOf = (path: string) => async (source: Source) => (await itemsOf(source, path)).length;

/** The time and the token, which stand beside each other; the rest of the body is not signed (Lever Data API documentation, 2026). */
function signedBytes(rawBody: Buffer): readonly [number, number] {
  const start = rawBody.indexOf('"triggeredAt":') + '"triggeredAt":'.length;
  const token = rawBody.indexOf('"token":"') + '"token":"'.length;
  return [start, rawBody.indexOf('"', token)];
}

describeConnector(lever, {
  // Few postings: applications are read by posting, and a page is of few requests then.
  sizes: { candidates: 620, jobs: 24, users: 230 },
  counts: {
    job: countOf('postings?confidentiality=all'),
    application: countOf('opportunities?include=id'),
    candidate: async (source) => new Set((await itemsOf(source, 'opportunities?include=contact')).map(({ contact }) => contact)).size,
  },
  lists: { application: '/v1/opportunities', job: '/v1/postings' },
  signedBytes,
  resultSettings: { note: {} },
  sparse: true,
});
