import { RESOURCES } from '#libs/model';
import { kombo } from './index.js';
import { CANARY, SandboxIntegration } from './sandbox.for-spec.js';

let source: SandboxIntegration;
beforeAll(async () => {
  source = await SandboxIntegration.start();
});
afterAll(() => source.close());
beforeEach(() => source.reset());

const idsOf = (records: readonly { readonly externalId: string }[]) => records.map(({ externalId }) => externalId);

describe('paging', () => {
  it.each(RESOURCES)('gives every %s exactly once', async (resource) => {
    const pages = await source.pages(resource);
    const ids = pages.flatMap((page) => idsOf(page.records));
    const { sizes } = await source.change('GET', '');
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap((page) => page.setAside)).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(sizes).toMatchObject({ [`${resource}s`]: ids.length });
  });

  it.each(RESOURCES)('goes on from every cursor with the rest (%s)', async (resource) => {
    const pages = await source.pages(resource);
    for (const [index, { next }] of pages.entries()) {
      if (next === null) continue;
      const rest = pages.slice(index + 1).flatMap((page) => idsOf(page.records));
      expect(idsOf(await source.records(resource, { cursor: next }))).toEqual(rest);
    }
  });

  it('keeps the filters from page to page', async () => {
    const jobs = idsOf(await source.records('job')).slice(0, 200);
    const pages = await source.pages('application', { jobs });
    const expected = (await source.records('application')).filter((record) => jobs.includes(String(record.fields.jobId)));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap((page) => idsOf(page.records))).toEqual(idsOf(expected));
  });

  it('that goes round in circles is an error, not an end', async () => {
    const { next } = await source.page('candidate');
    await source.fault({ kind: 'loop' });
    await expect(source.page('candidate', { cursor: next ?? '' })).rejects.toMatchObject({
      kind: 'remote-invalid-response',
      context: { reason: 'cursor-loop' },
    });
  });
});

describe('a narrowing by jobs', () => {
  it('gives the candidates of those jobs, and no others', async () => {
    const [job] = await source.records('job');
    const jobs = [job?.externalId ?? ''];
    const applications = await source.records('application', { jobs });
    const candidates = await source.records('candidate', { jobs });
    expect(candidates.length).toBeGreaterThan(0);
    expect(new Set(idsOf(candidates))).toEqual(new Set(applications.map((application) => application.fields.candidateId)));
  });
});

describe('a delta', () => {
  it('is empty where nothing changed', async () => {
    const since = await source.laterNow();
    for (const resource of RESOURCES) expect(await source.records(resource, { since })).toEqual([]);
  });

  it.each([
    ['user', 'users', { first_name: 'Changed' }, 'firstName'],
    ['job', 'jobs', { name: 'Changed' }, 'name'],
    ['candidate', 'candidates', { first_name: 'Changed' }, 'firstName'],
  ] as const)('holds a changed %s', async (resource, plural, fields, name) => {
    const since = await source.laterNow();
    const { id } = await source.change('PATCH', `/records/${plural}/7`, { fields });
    const records = await source.records(resource, { since });
    expect(idsOf(records)).toEqual([id]);
    expect(records[0]?.fields).toMatchObject({ [name]: 'Changed' });
  });

  it('holds an application that moved to another stage', async () => {
    const [application] = await source.records('application');
    const job = (await source.records('job')).find(({ externalId }) => externalId === application?.fields.jobId);
    const target = job?.fields.stages?.find(({ externalId }) => externalId !== application?.fields.stageId);
    const since = await source.laterNow();
    await source.change('POST', '/records/applications/0/move', { stage: target?.externalId });
    const [moved] = await source.records('application', { since });
    expect(moved?.fields).toMatchObject({ stageId: target?.externalId, stageName: target?.name });
  });

  it('misses nothing of a change of many, over its pages', async () => {
    const since = await source.laterNow();
    await source.change('POST', '/records/candidates/change-many', { from: 10, count: 400, fields: { last_name: 'Many' } });
    const pages = await source.pages('candidate', { since });
    const records = pages.flatMap((page) => page.records);
    expect([pages.length, records.length]).toEqual([2, 400]);
    expect(records.every(({ fields }) => fields.lastName === 'Many')).toBe(true);
  });

  it.each([
    ['user', 'users'],
    ['job', 'jobs'],
    ['candidate', 'candidates'],
    ['application', 'applications'],
  ] as const)('shows that a %s was deleted, without its fields, and that it came back', async (resource, plural) => {
    const since = await source.laterNow();
    const { id } = await source.change('DELETE', `/records/${plural}/5`);
    const deleted = (await source.records(resource, { since })).find(({ externalId }) => externalId === id);
    expect(deleted).toMatchObject({ deleted: true, fields: {} });
    await source.laterNow();
    await source.change('POST', `/records/${plural}/5/restore`);
    const restored = (await source.records(resource, { since })).find(({ externalId }) => externalId === id);
    expect(restored).toMatchObject({ deleted: false });
    expect(Object.keys(restored?.fields ?? {})).not.toEqual([]);
  });
});

describe('the allowlist', () => {
  it.each(RESOURCES)('keeps everything else of a %s outside, counted by documented names alone', async (resource) => {
    const pages = await source.pages(resource);
    const dropped = pages.map((page) => [...page.dropped]);
    expect(JSON.stringify([pages, dropped])).not.toContain(CANARY);
    expect(pages[0]?.dropped.get('remote_data')).toBeGreaterThan(0);
    expect(pages[0]?.dropped.has('*')).toBe(false);
  });

  it.each(RESOURCES)('has every field that the reader says it fills filled in some %s', async (resource) => {
    const records = await source.records(resource);
    for (const name of kombo.ports.read[resource].fills) {
      expect(records.filter(({ fields }) => (Reflect.get(fields, name) ?? null) !== null)).not.toEqual([]);
    }
  });

  it('gets null for a field that is closed in Kombo, and all of the records', async () => {
    await source.change('PUT', '/scopes', { fields: { users: { email: { setting: 'DISABLED' } } } });
    await source.change('POST', '/sync', { type: 'DELTA' });
    const users = await source.records('user');
    await source.change('PUT', '/scopes', { fields: { users: { email: { setting: 'ENABLED' } } } });
    await source.change('POST', '/sync', { type: 'DELTA' });
    expect(users.length).toBe(300);
    expect(users.every(({ fields }) => fields.email === null)).toBe(true);
  });
});
