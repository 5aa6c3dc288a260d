import { describeConnector } from '../acceptance/describe-connector.js';
import { idsOf, Source } from '../acceptance/source.js';
import { teamtailor } from './index.js';

const sizes = { candidates: 150, jobs: 45, users: 40 };

describeConnector(teamtailor, { sizes, resultSettings: { note: { noteUserId: '4000001' } }, sparse: true });

describe('a list that changes while it is walked', () => {
  let source: Source;
  beforeAll(async () => {
    source = await Source.start(teamtailor, sizes);
  });
  afterAll(() => source.close());

  it('loses nothing to a deletion that moves the pages', async () => {
    const before = idsOf(await source.records('candidate'));
    const first = await source.page('candidate');
    await source.change('DELETE', '/records/candidates/3');
    const rest = await source.records('candidate', { cursor: first.next ?? '' });
    const there = new Set(idsOf([...first.records, ...rest]));
    expect(before.filter((id) => !there.has(id))).toEqual([]);
  });

  it('loses nothing of a delta to an edit meanwhile', async () => {
    const since = await source.later();
    await source.change('POST', '/records/candidates/change-many', { count: 100, from: 10, fields: { last_name: 'Edited' } });
    const first = await source.page('candidate', { since });
    await source.later();
    await source.change('PATCH', '/records/candidates/12', { fields: { last_name: 'Again' } });
    const rest = await source.records('candidate', { since, cursor: first.next ?? '' });
    expect(new Set(idsOf([...first.records, ...rest])).size).toBe(100);
  });
});
