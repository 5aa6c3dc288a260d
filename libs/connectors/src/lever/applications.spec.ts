import { RESOURCES } from '#libs/model';
import { errorOf } from '../http/source.for-spec.js';
import { grantToRead, leverWith, list } from './call.for-spec.js';
import { CONTACT_ID, OPPORTUNITY_ID, POSTING_ID } from './fixtures.for-spec.js';
import { application } from './applications.js';
import { candidate } from './readers.js';
import { plain, SINCE, SINCE_MS, STATES, walk } from './walk.for-spec.js';

const grant = grantToRead();

describe('applications', () => {
  it('are read posting by posting, with those that were archived, and named after their stage', async () => {
    const { call, asked, requests } = await leverWith(plain);
    const { pages } = await walk('application', call);
    expect(pages.flat()).toMatchObject([{ externalId: OPPORTUNITY_ID, fields: { jobId: POSTING_ID, stageName: 'Alva test' } }]);
    expect(asked.filter((line) => !line.startsWith('postings'))).toEqual([
      `opportunities posting_id=${POSTING_ID}`,
      `opportunities archived_posting_id=${POSTING_ID}`,
      'stages',
    ]);
    expect(asked.filter((line) => line.startsWith('postings'))).toHaveLength(STATES.length);
    expect(requests.every(({ url }) => /include=id/.test(url ?? ''))).toBe(true);
  });

  it('of a posting with many are read page by page, each from its cursor alone', async () => {
    const many = (from: number) =>
      Array.from({ length: 100 }, (_, index) => ({ id: `o${String(from + index)}`, contact: 'c', stage: null }));
    const { call, asked } = await leverWith((path, query) => {
      if (path === 'postings') return query.get('state') === 'closed' ? [{ id: 'p1' }, { id: 'bad id' }, { id: 'p2' }] : [];
      if (path !== 'opportunities' || query.get('posting_id') !== 'p1') return plain(path, new URLSearchParams('archived_posting_id=x'));
      return query.has('offset') ? many(100) : list(many(0), 'next');
    });
    const { ids } = await walk('application', call);
    expect(ids.filter((page) => page.length > 0).map((page) => page.length)).toEqual([100, 100]);
    expect(new Set(ids.flat()).size).toBe(200);
    expect(asked.filter((line) => line.startsWith('opportunities'))).toEqual([
      'opportunities posting_id=p1',
      'opportunities posting_id=p1 offset=next',
      'opportunities archived_posting_id=p1',
      'opportunities posting_id=p2',
      'opportunities archived_posting_id=p2',
    ]);
  });

  it('take a bounded number of requests for each page', async () => {
    const all = Array.from({ length: 50 }, (_, index) => ({ id: `p${String(index)}` }));
    const { call, asked } = await leverWith((path, query) => {
      if (path !== 'postings') return path === 'opportunities' ? [] : plain(path, query);
      if (query.get('state') !== 'closed') return [];
      const from = Number(query.get('offset') ?? '0');
      const to = from + Number(query.get('limit'));
      return list(all.slice(from, to), to < all.length ? String(to) : undefined);
    });
    const perPage: number[] = [];
    for (let cursor: string | null | undefined = undefined; cursor !== null;) {
      const before = asked.length;
      cursor = (await application.page(call, { grant, ...(cursor === undefined ? {} : { cursor }) })).next;
      perPage.push(asked.length - before);
    }
    expect(Math.max(...perPage)).toBe(41);
    expect(asked.filter((line) => line.startsWith('opportunities'))).toHaveLength(100);
  });

  it('of a posting that is gone are none', async () => {
    const { call } = await leverWith((path, query) => (path === 'opportunities' ? undefined : plain(path, query)));
    expect((await walk('application', call)).ids.flat()).toEqual([]);
  });

  it('of a delta are not looked for where nothing changed, and end with those that were deleted', async () => {
    const { call, asked } = await leverWith((path) => (path === 'opportunities/deleted' ? [{ id: 'gone' }] : []));
    const { pages } = await walk('application', call, { since: SINCE });
    expect(asked).toEqual([`opportunities updated_at_start=${SINCE_MS}`, `opportunities/deleted deleted_at_start=${SINCE_MS}`]);
    expect(pages.flat()).toMatchObject([{ externalId: 'gone', deleted: true, fields: {} }]);
  });

  it('of a delta are those of any posting that changed', async () => {
    const { call, asked } = await leverWith(plain);
    expect((await walk('application', call, { since: SINCE })).ids.flat()).toEqual([OPPORTUNITY_ID]);
    expect(asked).toContain(`opportunities posting_id=${POSTING_ID} updated_at_start=${SINCE_MS}`);
    expect(asked).toContain('postings state=published distributionChannel=public distributionChannel=internal confidentiality=all');
  });

  it('without leave for the names of stages are read without these', async () => {
    const { call, asked } = await leverWith(plain);
    await walk('application', call, { grant: grantToRead(RESOURCES, { application: ['stageName'] }) });
    expect(asked).not.toContain('stages');
  });

  it.each(['x', '[null,null,null,null]', '["f","a b","SECRET",null]', '["f","å","posting_id",null]', 'deleted:'])(
    'are not read from %j on',
    async (cursor) => {
      const { call, requests } = await leverWith(plain);
      expect(await errorOf(application.page(call, { grant, cursor }))).toMatchObject({ kind: 'invalid-request' });
      expect(requests).toHaveLength(0);
    },
  );
});

describe('of given jobs', () => {
  const jobs = Array.from({ length: 45 }, (_, index) => `p${String(index)}`);

  it.each(['application', 'candidate'] as const)('the %ss are read, and no posting is looked for', async (resource) => {
    const { call, asked } = await leverWith((path, query) => {
      const posting = query.get('posting_id');
      if (path !== 'opportunities') return plain(path, query);
      return posting === null ? [] : [{ id: `of-${posting}`, contact: `of-${posting}` }];
    });
    const { ids } = await walk(resource, call, { jobs });
    expect(ids.flat()).toEqual(jobs.map((posting) => `of-${posting}`));
    expect(asked.filter((line) => line.startsWith('postings'))).toEqual([]);
    expect(asked.filter((line) => line.startsWith('opportunities'))).toHaveLength(90);
  });

  it('that are none nothing is read', async () => {
    const { call, requests } = await leverWith(plain);
    expect(await application.page(call, { grant, jobs: [] })).toMatchObject({ records: [], next: null });
    expect(requests).toHaveLength(0);
  });

  it.each(['["-1",null,null,null]', '["x",null,null,null]'])('nothing is read from %j on', async (cursor) => {
    const { call } = await leverWith(plain);
    expect(await errorOf(candidate.page(call, { grant, jobs, cursor }))).toMatchObject({ kind: 'invalid-request' });
  });

  it('the candidates are called as their contact is', async () => {
    const { call } = await leverWith(plain);
    expect((await walk('candidate', call, { jobs: [POSTING_ID] })).ids.flat()).toEqual([CONTACT_ID]);
  });
});
