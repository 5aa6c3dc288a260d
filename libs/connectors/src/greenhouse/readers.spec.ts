import { grantOf } from '../acceptance/grants.js';
import { callWith } from '../http/call.for-spec.js';
import { json, source, type Answer } from '../http/source.for-spec.js';
import { job } from './readers.js';

const SINCE = '2026-02-01T00:00:00.000Z';

/** A Greenhouse that answers by path; what is not named is empty. */
async function greenhouseWith(answers: Readonly<Record<string, object>>) {
  const answer: Answer = (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    return json(200, answers[path.replace('/v1/', '')] ?? [])(request, response);
  };
  const { baseUrl, requests } = await source(answer);
  const call = callWith(baseUrl, { accessToken: () => Promise.resolve('token') });
  return { call, asked: () => requests.map(({ url }) => decodeURIComponent(url ?? '').replace('/v1/', '')) };
}

it('a delta of jobs reads those too of which only a stage or a post changed', async () => {
  const { call, asked } = await greenhouseWith({ job_interview_stages: [{ id: 61, job_id: 7, name: 'Renamed', sort_order: 0 }] });
  const grant = grantOf({ type: 'native' });
  const request = { grant, since: SINCE };
  const edited = await job.page(call, request);
  expect(edited.records).toEqual([]);
  expect(asked()[0]).toMatch(/^jobs\?.*updated_at=gte\|2026-02-01/);

  const staged = await job.page(call, { ...request, cursor: edited.next ?? '' });
  expect(asked()).toContainEqual(expect.stringMatching(/^job_interview_stages\?.*fields=job_id&updated_at=gte\|2026-02-01/));
  expect(asked()).toContainEqual(expect.stringMatching(/^jobs\?.*&ids=7$/));

  const posted = await job.page(call, { ...request, cursor: staged.next ?? '' });
  expect(asked().at(-1)).toMatch(/^job_posts\?.*updated_at=gte\|2026-02-01/);
  expect(posted.next).toBeNull();
});

it('a cursor of another walk is refused', async () => {
  const { call } = await greenhouseWith({});
  const request = { grant: grantOf({ type: 'native' }), since: SINCE, cursor: '["offers",null]' };
  await expect(job.page(call, request)).rejects.toMatchObject({ kind: 'invalid-request' });
});
