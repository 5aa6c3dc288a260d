import { pollEvents, type PolledEvent, type PollOptions } from './events.js';
import type { Event, EventsListResponses } from './generated/types.gen.js';

type Page = EventsListResponses[200];

const event = (id: string): Event => ({ id, type: 'job.created', tenantId: 't', recordId: 'r', fields: [], at: '2026-11-23T10:00:00Z' });
const page = (nextCursor: string, ...ids: string[]): Page => ({ data: ids.map(event), nextCursor });

/** Polls pages that lie ready, by the cursor that leads to them. */
function polling(pages: Readonly<Record<string, Page>>, options: PollOptions) {
  const asked: object[] = [];
  const events = pollEvents((query) => {
    asked.push(query);
    const found = pages[query.cursor ?? 'begin'];
    return found === undefined ? Promise.reject(new Error('no such page')) : Promise.resolve(found);
  }, options);
  return { asked, events };
}

async function all(events: AsyncIterable<PolledEvent>): Promise<PolledEvent[]> {
  const seen: PolledEvent[] = [];
  for await (const one of events) seen.push(one);
  return seen;
}

const PAGES = { begin: page('a', '1', '2'), a: page('b', '3'), b: page('c') };

test('each event carries the cursor that leads to what is not dealt with yet: its own page, and after its last event the next', async () => {
  const { events } = polling(PAGES, { waitS: 0 });
  expect((await all(events)).map(({ event: { id }, cursor }) => [id, cursor])).toEqual([
    ['1', undefined],
    ['2', 'a'],
    ['3', 'b'],
  ]);
});

test('whoever goes on from any kept cursor leaves no event out', async () => {
  const whole = await all(polling(PAGES, { waitS: 0 }).events);
  for (const [index, { cursor }] of whole.entries()) {
    const rest = await all(polling(PAGES, { waitS: 0, ...(cursor === undefined ? {} : { cursor }) }).events);
    const ids = new Set([...whole.slice(0, index + 1), ...rest].map((one) => one.event.id));
    expect(ids).toEqual(new Set(['1', '2', '3']));
  }
});

test('with no wait it ends where nothing is left; what is asked for is passed on', async () => {
  const { events, asked } = polling(PAGES, { waitS: 0, from: 'end', tenantId: 't', limit: 2 });
  await all(events);
  const only = { wait: 0, tenantId: 't', limit: 2 };
  expect(asked).toEqual([
    { ...only, from: 'end' },
    { ...only, cursor: 'a' },
    { ...only, cursor: 'b' },
  ]);
});

test('an empty answer that came at once is not followed by a flood of questions, and an abort ends the rest without an error', async () => {
  const stop = new AbortController();
  const { events, asked } = polling({ begin: page('begin') }, { signal: stop.signal });
  const ended = all(events);
  setTimeout(() => stop.abort(), 200);
  expect(await ended).toEqual([]);
  expect(asked).toHaveLength(1);
});

test('what goes wrong is thrown', async () => {
  await expect(all(polling({}, {}).events)).rejects.toThrow('no such page');
});
