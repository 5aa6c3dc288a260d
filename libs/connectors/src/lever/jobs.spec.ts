import { RESOURCES } from '#libs/model';
import { errorOf, json } from '../http/source.for-spec.js';
import { grantToRead, leverWith, list } from './call.for-spec.js';
import { POSTING_ID } from './fixtures.for-spec.js';
import { job } from './jobs.js';
import { plain, SINCE, SINCE_MS, STATES, walk } from './walk.for-spec.js';

const grant = grantToRead();

describe('jobs', () => {
  it('are read state after state, published ones of both job sites, each page with the stages', async () => {
    const { call, asked } = await leverWith((path, query) => {
      if (path !== 'postings') return plain(path, query);
      if (query.get('state') !== 'published') return [];
      return query.has('offset') ? [{ id: 'p2' }] : list([{ id: 'p1' }], 'o2');
    });
    const { pages, ids } = await walk('job', call);
    expect(asked.filter((line) => line !== 'stages')).toEqual(
      STATES.flatMap((state) => {
        if (state !== 'published') return [`postings state=${state} confidentiality=all`];
        const published = 'postings state=published distributionChannel=public distributionChannel=internal confidentiality=all';
        return [published, `${published} offset=o2`];
      }),
    );
    expect(asked.filter((line) => line === 'stages')).toHaveLength(2);
    expect(ids.flat()).toEqual(['p1', 'p2']);
    expect(pages.flat().map(({ fields }) => fields.stages?.length)).toEqual([2, 2]);
  });

  it('are read without confidential ones where the key has no access to these', async () => {
    const { call, asked } = await leverWith((path, query) => {
      return query.has('confidentiality') ? json(403, { code: 'Forbidden', message: 'SECRET' }) : plain(path, query);
    });
    const { ids } = await walk('job', call);
    expect(ids.flat()).toEqual([POSTING_ID]);
    expect(asked.filter((line) => line.includes('confidentiality'))).toHaveLength(1);
  });

  it('are refused where the key has no right to postings at all', async () => {
    const { call } = await leverWith(() => json(403, { code: 'Forbidden', message: 'SECRET' }));
    expect(await errorOf(job.page(call, { grant }))).toMatchObject({ kind: 'remote-forbidden', context: { code: 'RIGHTS_MISSING' } });
  });

  it('of a delta are each read by themselves, as the list takes no include beside the time', async () => {
    const { call, requests } = await leverWith((path, query) => {
      if (path === 'postings') return [{ id: 'p1', text: 'FORBIDDEN' }, { id: 'gone' }, { id: 'bad id', text: 'FORBIDDEN' }, null];
      if (path === 'postings/p1') return json(200, { data: { id: 'p1', text: 'Nurse', followers: ['u1'] } });
      return path === 'postings/gone' ? undefined : plain(path, query);
    });
    const page = await job.page(call, { grant, since: SINCE });
    expect(page.records).toMatchObject([{ externalId: 'p1', fields: { name: 'Nurse', hiringTeam: ['u1'] } }]);
    expect(page.setAside.map(({ reason }) => reason)).toEqual(['id-malformed', 'not-an-object']);
    const [changes, one] = requests.map(({ url }) => new URLSearchParams(url?.split('?')[1]));
    expect([changes?.has('include'), changes?.get('limit')]).toEqual([false, '20']);
    expect(one?.getAll('include')).toContain('followers');
  });

  it.each([[[]], [{ data: [] }], [{ data: null }], ['x']])('of a delta are not read where one of them is %j', async (answer) => {
    const { call } = await leverWith((path, query) => (path === `postings/${POSTING_ID}` ? json(200, answer) : plain(path, query)));
    expect(await errorOf(job.page(call, { grant, since: SINCE }))).toMatchObject({ kind: 'remote-invalid-response' });
  });

  it('of a delta are those that changed, filtered by nothing else, and then those that were deleted', async () => {
    const { call, asked } = await leverWith((path, query) => {
      if (path !== 'postings/deleted') return plain(path, query);
      return query.has('offset') ? [{ id: 'gone-2', deletedAt: 1 }] : list([{ id: 'gone-1', text: 'FORBIDDEN' }], 'o2');
    });
    const { pages, ids } = await walk('job', call, { since: SINCE });
    expect(asked).toEqual([
      `postings updated_at_start=${SINCE_MS} confidentiality=all`,
      `postings/${POSTING_ID}`,
      'stages',
      `postings/deleted deleted_at_start=${SINCE_MS}`,
      `postings/deleted deleted_at_start=${SINCE_MS} offset=o2`,
    ]);
    expect(ids).toEqual([[POSTING_ID], ['gone-1'], ['gone-2']]);
    expect(pages.flat().map(({ deleted }) => deleted)).toEqual([false, true, true]);
  });

  it('without leave for the stages are read without these', async () => {
    const { call, asked } = await leverWith(plain);
    await walk('job', call, { grant: grantToRead(RESOURCES, { job: ['stages'] }) });
    expect(asked).not.toContain('stages');
  });

  it('have the stages of all pages, but none that cannot be read', async () => {
    const { call } = await leverWith((path, query) => {
      if (path !== 'stages') return plain(path, query);
      return query.has('offset') ? [{ id: 's3', text: 7 }] : list([{ id: 's1', text: 'One' }, { id: 'a b' }, null], 'o2');
    });
    const { pages } = await walk('job', call);
    expect(pages.flat()[0]?.fields.stages).toMatchObject([
      { externalId: 's1', name: 'One', position: 0 },
      { externalId: 's3', name: null, position: 1 },
    ]);
  });

  it('are not held where the list of stages has no end', async () => {
    let pages = 0;
    const { call } = await leverWith((path, query) => (path === 'stages' ? list([], `o${String(++pages)}`) : plain(path, query)));
    expect(await errorOf(walk('job', call))).toMatchObject({ kind: 'remote-invalid-response' });
  });

  it.each(['x', '["published","all"]', '["SECRET","all",null]', '["closed","SECRET",null]', '[null,null,null]', 'deleted:o2'])(
    'are not read from %j on',
    async (cursor) => {
      const { call, requests } = await leverWith(plain);
      expect(await errorOf(job.page(call, { grant, cursor }))).toMatchObject({ kind: 'invalid-request' });
      expect(requests).toHaveLength(0);
    },
  );
});
