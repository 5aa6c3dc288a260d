import type { Row } from '../../sandbox-under-spec.js';
import { LeverUnderSpec } from './lever-under-spec.js';

const idsOf = (rows: readonly Row[]): unknown[] => rows.map(({ id }) => id);

let lever: LeverUnderSpec;
beforeAll(async () => {
  lever = await LeverUnderSpec.start();
});
afterAll(() => lever.close());

describe('lists of Lever', () => {
  it('give a hundred and an offset, and no offset at the end', async () => {
    const first = await lever.get('/users?includeDeactivated=true');
    expect(first.body).toMatchObject({ hasNext: true, next: expect.any(String) });
    expect(first.body.data).toHaveLength(100);
    const rest = await lever.get(`/users?includeDeactivated=true&offset=${first.body.next}`);
    expect(rest.body.data).toHaveLength(30);
    expect(rest.body).toEqual({ data: rest.body.data, hasNext: false });
  });

  it('refuse an offset that was altered, or is sent with other filters or to another list', async () => {
    const { next } = (await lever.get('/opportunities?limit=10&archived=false')).body;
    const refused = { status: 400, body: { code: 'BadRequest', message: expect.any(String) } };
    expect(await lever.get(`/opportunities?archived=false&offset=${next}`)).toMatchObject({ status: 200 });
    expect(await lever.get(`/opportunities?archived=false&offset=${next.slice(0, -3)}`)).toMatchObject(refused);
    expect(await lever.get(`/opportunities?archived=true&offset=${next}`)).toMatchObject(refused);
    expect(await lever.get(`/postings?archived=false&offset=${next}`)).toMatchObject(refused);
  });

  it.each(['limit=0', 'limit=101', 'updated_at_start=2026-01-01T00:00:00Z', 'archived=yes', 'include=shoeSize', 'expand=resume', 'page=2'])(
    'refuse ?%s with a code and a message',
    async (query) => {
      expect(await lever.get(`/opportunities?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'BadRequest', message: expect.any(String) },
      });
    },
  );

  it('give with include those attributes and no others, not even the id', async () => {
    const { data } = (await lever.get('/opportunities?include=name&include=contact&limit=1')).body;
    expect(Object.keys(data[0])).toEqual(['name', 'contact']);
    const one = await lever.get(`/postings/${(await lever.all('/postings'))[0]?.['id']}?include=text`);
    expect(Object.keys(one.body.data)).toEqual(['text']);
  });

  it('give with expand the whole object, with what the candidate wrote, whatever include says', async () => {
    const { data } = (await lever.get('/opportunities?include=id&expand=applications&limit=1')).body;
    expect(data[0]).toEqual({ id: expect.any(String), applications: [expect.objectContaining({ posting: expect.any(String) })] });
    expect(data[0].applications[0]).toMatchObject({ phone: { value: expect.any(String) }, customQuestions: [expect.any(Object)] });
  });
});

describe('a posting of Lever', () => {
  it('is listed by updated_at_ with confidentiality and no other filter', async () => {
    const refused = { status: 400, body: { code: 'BadRequest' } };
    expect(await lever.get('/postings?updated_at_start=1&confidentiality=all&limit=50')).toMatchObject({ status: 200 });
    expect(await lever.get('/postings?updated_at_start=1&state=published')).toMatchObject(refused);
    expect(await lever.get('/postings?updated_at_end=1&include=id')).toMatchObject(refused);
  });

  it('is listed as published only where it is public, unless the sites are named', async () => {
    const published = await lever.all('/postings?state=published');
    const everywhere = await lever.all('/postings?state=published&distributionChannel=public&distributionChannel=internal');
    expect(published.every(({ distributionChannels }) => distributionChannels?.includes('public'))).toBe(true);
    expect(everywhere.some(({ distributionChannels }) => distributionChannels?.join() === 'internal')).toBe(true);
    expect(everywhere.length).toBeGreaterThan(published.length);
  });

  it('is hidden where it is confidential, and its opportunities too, unless they are asked for', async () => {
    const [plain, all] = [await lever.all('/postings'), await lever.all('/postings?confidentiality=all')];
    const secret = await lever.all('/postings?confidentiality=confidential');
    expect(secret.length).toBeGreaterThan(0);
    expect(idsOf(all).length).toBe(plain.length + secret.length);
    const path = `/opportunities?posting_id=${secret[0]?.['id']}`;
    expect(await lever.all(path)).toEqual([]);
    expect((await lever.all(`${path}&confidentiality=all`)).every(({ confidentiality }) => confidentiality === 'confidential')).toBe(true);
  });

  it('has its followers in a list only where they are asked for', async () => {
    expect((await lever.all('/postings'))[0]).not.toHaveProperty('followers');
    expect((await lever.get('/postings?include=followers&limit=1')).body.data[0].followers).toEqual(expect.any(Array));
  });

  it('that was deleted is told of for spans of up to thirty days', async () => {
    const from = await lever.later();
    const [posting] = await lever.all('/postings');
    const index = Number(posting?.['id']) - 100_000;
    await lever.control('DELETE', `/records/jobs/${index}`);
    const until = await lever.later();
    const deleted = await lever.all(`/postings/deleted?deleted_at_start=${from}&deleted_at_end=${until}`);
    expect(idsOf(deleted)).toEqual([posting?.['id']]);
    expect(await lever.get(`/postings/deleted?deleted_at_start=${from - 31 * 86_400_000}`)).toMatchObject({ status: 400 });
    expect(await lever.get(`/postings/${posting?.['id']}`)).toMatchObject({ status: 404, body: { code: 'ResourceNotFound' } });
    await lever.control('POST', `/records/jobs/${index}/restore`);
  });
});

describe('an opportunity of Lever', () => {
  it('has times in milliseconds, and none for the last edit where it was never touched', async () => {
    const rows = await lever.all('/opportunities');
    expect(rows.every(({ createdAt }) => Number.isInteger(createdAt) && createdAt > 1_600_000_000_000)).toBe(true);
    const untouched = rows.filter(({ updatedAt }) => updatedAt === null);
    expect(untouched.length).toBeGreaterThan(10);
    const touched = await lever.all('/opportunities?updated_at_start=0');
    expect(touched).toHaveLength(rows.length - untouched.length);
  });

  it('is one candidacy of a contact, with one application', async () => {
    const rows = await lever.all('/opportunities');
    expect(new Set(rows.map(({ contact }) => contact)).size).toBeLessThan(rows.length);
    expect(rows.every(({ applications }) => applications?.length === 1)).toBe(true);
  });

  it('stands in a stage of the account', async () => {
    const stages = await lever.all('/stages');
    expect(stages[0]).toEqual({ id: expect.any(String), text: 'Applied' });
    await lever.control('POST', '/records/jobs/1/stages', { name: 'Trial day' });
    expect((await lever.all('/stages')).map(({ text }) => text)).toEqual([...stages.map(({ text }) => text), 'Trial day']);
    const ids = new Set([null, ...idsOf(stages)]);
    const rows = await lever.all('/opportunities');
    expect(rows.every(({ stage }) => ids.has(stage))).toBe(true);
    expect(rows.every(({ stageChanges }) => stageChanges[0].toStageIndex === 0)).toBe(true);
  });

  it('is among the updated ones when its contact was edited', async () => {
    const since = await lever.later();
    const [{ contact } = {}] = await lever.all('/opportunities');
    await lever.control('PATCH', `/records/candidates/${Number(contact) - 4_000_000}`, { fields: { first_name: 'Changed' } });
    const updated = await lever.all(`/opportunities?updated_at_start=${since}`);
    expect(updated.length).toBeGreaterThan(0);
    expect(updated.every((row) => row['contact'] === contact && String(row['name']).startsWith('Changed'))).toBe(true);
    expect(await lever.all(`/opportunities?updated_at_start=${await lever.later()}`)).toEqual([]);
  });

  it('is found by posting, contact and stage, each of several', async () => {
    const rows = await lever.all('/opportunities');
    const [first, second] = [rows[0] ?? {}, rows[5] ?? {}];
    for (const [name, key] of Object.entries({ contact_id: 'contact', stage_id: 'stage' })) {
      const wanted = [first[key], second[key]];
      const found = await lever.all(`/opportunities?${name}=${wanted[0]}&${name}=${wanted[1]}`);
      expect(idsOf(found)).toEqual(idsOf(rows.filter((row) => wanted.includes(row[key]))));
    }
    const both = await lever.all(`/opportunities?contact_id=${first['contact']}&archived=false`);
    expect(both.every(({ archivedAt }) => archivedAt === null)).toBe(true);
  });

  it('is found by the filter for archived applications alone where it was archived', async () => {
    const rows = await lever.all('/opportunities?expand=applications');
    const postings = [...new Set(rows.map(({ applications }) => applications[0].posting))].slice(0, 20);
    const found = { posting_id: 0, archived_posting_id: 0 };
    for (const name of ['posting_id', 'archived_posting_id'] as const) {
      const theirs = await lever.all(`/opportunities?${postings.map((id) => `${name}=${id}`).join('&')}`);
      found[name] = theirs.length;
      expect(theirs.every(({ archived }) => (archived === null) === (name === 'posting_id'))).toBe(true);
    }
    expect(Math.min(...Object.values(found))).toBeGreaterThan(0);
    expect(found.posting_id + found.archived_posting_id).toBe(
      rows.filter(({ applications }) => postings.includes(applications[0].posting)).length,
    );
  });

  it('that was deleted is told of with the time', async () => {
    const since = await lever.later();
    const [{ id } = {}] = await lever.all('/opportunities');
    await lever.control('DELETE', `/records/applications/${Number(id) - 50_000_000}`);
    expect(await lever.all(`/opportunities/deleted?deleted_at_start=${since}`)).toEqual([
      expect.objectContaining({ id, deletedAt: expect.any(Number), deletedBy: expect.any(String) }),
    ]);
    await lever.control('POST', `/records/applications/${Number(id) - 50_000_000}/restore`);
  });
});

it('a user who was deactivated is listed only where they are asked for', async () => {
  const active = await lever.all('/users');
  expect(active.every(({ deactivatedAt }) => deactivatedAt === null)).toBe(true);
  expect((await lever.all('/users?includeDeactivated=true')).length).toBeGreaterThan(active.length);
  expect(active[0]).not.toHaveProperty('updatedAt');
});
