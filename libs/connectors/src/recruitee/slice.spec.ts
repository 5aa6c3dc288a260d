import { errorOf, json, type Answer } from '../http/source.for-spec.js';
import type { Call } from '../contract/call.js';
import { grantToRead } from './call.for-spec.js';
import { recruitee } from './index.js';
import { listOf, sourceWith } from './list.for-spec.js';

const { candidate } = recruitee.ports.read;
const grant = grantToRead();
const numbered = (count: number, first = 1): { id: number }[] => Array.from({ length: count }, (_, index) => ({ id: first + index }));
const candidates = (items: readonly unknown[], mostAtOnce?: number) => listOf('candidates', items, mostAtOnce);

/** Reads to the end and gives the numbers in the order in which they came. */
async function walk(call: Call, between: () => void = () => undefined): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 50; pages++) {
    const { records, next } = await candidate.page(call, { grant, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...records.map(({ externalId }) => externalId));
    if (next === null) return found;
    cursor = next;
    between();
  }
  throw new Error('the walk does not end');
}
const ids = (items: readonly { readonly id: number }[]) => items.map(({ id }) => String(id));

describe('a walk', () => {
  it('asks for the last ten again and takes them once, to the first page that brings nothing after them', async () => {
    const { call, asked } = await sourceWith(candidates(numbered(185)));
    expect(await walk(call)).toEqual(ids(numbered(185)));
    expect(asked()).toEqual([
      'candidates?limit=90&offset=0',
      'candidates?limit=100&offset=80',
      'candidates?limit=100&offset=170',
      'candidates?limit=100&offset=175',
    ]);
  });

  it.each([0, 1, 10, 11, 90, 91, 180])('finds all of %d', async (count) => {
    const { call } = await sourceWith(candidates(numbered(count)));
    expect(await walk(call)).toEqual(ids(numbered(count)));
  });

  it('finds all where the source cuts the limit: a short page is no end', async () => {
    const { call } = await sourceWith(candidates(numbered(120), 25));
    expect(await walk(call)).toEqual(ids(numbered(120)));
  });

  it('misses none while up to ten of those already read are deleted between two pages', async () => {
    const items = numbered(300);
    const { call } = await sourceWith(candidates(items));
    const found = await walk(call, () => void items.splice(0, 10));
    expect(new Set(found)).toEqual(new Set(ids(numbered(300).slice(0, found.length))));
    expect(found).toEqual(expect.arrayContaining(ids(items)));
  });

  it('misses none of what was there while others are put before it', async () => {
    const items = numbered(200);
    const { call } = await sourceWith(candidates(items));
    let first = 1_000;
    expect(await walk(call, () => void items.unshift(...numbered(3, (first += 3))))).toEqual(expect.arrayContaining(ids(numbered(200))));
  });

  it('ends where the last one has no id that can be known again', async () => {
    const { call } = await sourceWith(candidates([{ id: 1 }, null]));
    expect(await walk(call)).toEqual(['1']);
  });

  it('goes on in another process from its cursor alone', async () => {
    const { call, asked } = await sourceWith(candidates(numbered(120)));
    const { next } = await candidate.page(call, { grant });
    expect(JSON.parse(next ?? '')).toEqual(['90', '81 82 83 84 85 86 87 88 89 90']);
    const page = await recruitee.ports.read.candidate.page(call, { grant, cursor: next ?? '' });
    expect(ids(numbered(30, 91))).toEqual(page.records.map(({ externalId }) => externalId));
    expect(asked()).toHaveLength(2);
  });
});

describe('a page', () => {
  const PLACE = '["90","90"]';

  it.each<[string, Answer]>([
    ['has no list', json(200, {})],
    ['has another list', json(200, { offers: [] })],
    ['has no list of its own', json(200, JSON.parse('{"__proto__":{"candidates":[]}}'))],
    ['holds no list under its name', json(200, { candidates: {} })],
    ['is a list', json(200, [])],
    ['is full and ends with what was read before', json(200, { candidates: [...numbered(99, 200), { id: 90 }] })],
  ])('that %s is no end', async (_, answer) => {
    const { call } = await sourceWith(answer);
    expect(await errorOf(candidate.page(call, { grant, cursor: PLACE }))).toMatchObject({
      kind: 'remote-invalid-response',
      retry: { when: 'later' },
    });
  });

  it.each(['x', '[]', '["0",""]', '["-1",""]', '["1.5",""]', '[null,""]', '["9999999999",""]', '["90"]', '[90,"90"]'])(
    'is not read from %s on',
    async (cursor) => {
      const { call, requests } = await sourceWith(candidates([]));
      expect(await errorOf(candidate.page(call, { grant, cursor }))).toMatchObject({ kind: 'invalid-request' });
      expect(requests).toHaveLength(0);
    },
  );

  it('goes on past a malformed record', async () => {
    const { call } = await sourceWith(candidates([null, { id: 'a b' }, ...numbered(1)]));
    const page = await candidate.page(call, { grant });
    expect([page.records.length, page.setAside.length, page.next]).toEqual([1, 2, '["3","1"]']);
  });
});
