import { errorOf } from '../http/source.for-spec.js';
import { ashbyWith, callTo, grantToRead } from './call.for-spec.js';
import { ashby } from './index.js';

const grant = grantToRead();
const ended = (...results: readonly unknown[]) => ({ success: true, results, moreDataAvailable: false });
const moreAfter = (nextCursor: string, ...results: readonly unknown[]) => ({ success: true, results, moreDataAvailable: true, nextCursor });
const open = (id: string, defaultInterviewPlanId: unknown = null) => ({ id, status: 'Open', confidential: false, defaultInterviewPlanId });
const readJobs = (baseUrl: string, given = grant) => ashby.ports.read.job.page(callTo(baseUrl), { grant: given });

describe('a page of jobs', () => {
  it('asks once for the stages of each plan, with all their pages', async () => {
    const remote = await ashbyWith({
      'job.list': [ended(open('j1', 'p1'), open('j2', 'p1'), open('j3', 'p2'), open('j4'), open('j5', 7))],
      'jobPosting.list': [ended()],
      'interviewStage.list': [moreAfter('c2', { id: 's1', title: 'One' }), ended({ id: 's2' }), ended({ id: 's3' })],
    });
    const { records } = await readJobs(remote.baseUrl);
    expect(records.map(({ fields }) => fields.stages?.map(({ externalId }) => externalId))).toEqual([
      ['s1', 's2'],
      ['s1', 's2'],
      ['s3'],
      [],
      [],
    ]);
    expect(remote.asked.filter(({ operation }) => operation === 'interviewStage.list').map(({ body }) => body)).toEqual([
      { interviewPlanId: 'p1' },
      { interviewPlanId: 'p1', cursor: 'c2' },
      { interviewPlanId: 'p2' },
    ]);
  });

  it('reads all pages of the listed postings, and counts only those that are listed', async () => {
    const remote = await ashbyWith({
      'job.list': [ended(open('j1'), open('j2'), open('j3'), { ...open('j4'), confidential: true })],
      'jobPosting.list': [
        moreAfter('c2', { jobId: 'j1', isListed: true }, { jobId: 'j3', isListed: false }),
        ended({ jobId: 'j2', isListed: true }, { jobId: 'j4', isListed: true }, null),
      ],
    });
    const { records } = await readJobs(remote.baseUrl);
    expect(records.map(({ fields }) => fields.visibility)).toEqual(['public', 'public', 'private', 'private']);
    expect(remote.asked.slice(1).map(({ body }) => body)).toEqual([{ listedOnly: true }, { listedOnly: true, cursor: 'c2' }]);
  });

  it('takes the postings as whole where they come in one answer that tells nothing of more', async () => {
    const { baseUrl } = await ashbyWith({
      'job.list': [ended(open('j1'))],
      'jobPosting.list': [{ success: true, results: [{ jobId: 'j1', isListed: true }] }],
    });
    expect(await readJobs(baseUrl)).toMatchObject({ records: [{ fields: { visibility: 'public' } }] });
  });

  it('asks for no posting where no job can be public', async () => {
    const remote = await ashbyWith({ 'job.list': [ended({ ...open('j1'), status: 'Closed' }, { ...open('j2'), confidential: true })] });
    expect(await readJobs(remote.baseUrl)).toMatchObject({
      records: [{ fields: { visibility: 'private' } }, { fields: { visibility: 'private' } }],
    });
    expect(remote.asked).toHaveLength(1);
  });

  it('asks for nothing that is not granted', async () => {
    const remote = await ashbyWith({ 'job.list': [ended(open('j1', 'p1'))] });
    await readJobs(remote.baseUrl, grantToRead(['job'], { job: ['visibility', 'stages', 'location'] }));
    expect(remote.asked).toEqual([{ operation: 'job.list', body: { limit: 50, status: ['Draft', 'Open', 'Closed', 'Archived'] } }]);
  });

  it('has no stages where the plan was deleted meanwhile', async () => {
    const gone = { success: false, errors: ['interview_plan_not_found'] };
    const remote = await ashbyWith({ 'job.list': [ended({ ...open('j1', 'p1'), status: 'Draft' })], 'interviewStage.list': [gone] });
    expect(await readJobs(remote.baseUrl)).toMatchObject({ records: [{ fields: { stages: [] } }], setAside: [] });
  });

  it.each([
    ['a right is missing for the stages', { success: false, errors: ['missing_endpoint_permission'] }, 'remote-forbidden'],
    ['the stages are no list', { success: true, results: null, moreDataAvailable: false }, 'remote-invalid-response'],
  ])('fails where %s: no stages are not what was said', async (_why, answer, kind) => {
    const remote = await ashbyWith({ 'job.list': [ended({ ...open('j1', 'p1'), status: 'Draft' })], 'interviewStage.list': [answer] });
    expect(await errorOf(readJobs(remote.baseUrl))).toMatchObject({ kind });
  });

  it('fails where the postings never end', async () => {
    const endless = Array.from({ length: 300 }, (_, at) => moreAfter(`c${at}`));
    const remote = await ashbyWith({ 'job.list': [ended(open('j1'))], 'jobPosting.list': endless });
    expect(await errorOf(readJobs(remote.baseUrl))).toMatchObject({ kind: 'remote-invalid-response' });
    expect(remote.asked).toHaveLength(201);
  });
});
