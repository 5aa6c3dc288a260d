import type { Resource } from '#libs/model';
import { recordPage } from '../contract/record-page.js';
import { MAPPINGS } from './mapper.js';

function recordOf(resource: Resource, item: object) {
  const { records, setAside } = recordPage(MAPPINGS[resource], [item], { next: null });
  return records[0] ?? setAside[0];
}

const job = {
  id: 100_003,
  name: 'Nurse',
  status: 'open',
  confidential: false,
  updated_at: '2026-02-01T00:00:00.000Z',
  posts: [
    { live: true, internal: true },
    { live: true, internal: false },
  ],
  offices: [{ id: 5, location: 'Malmö, Skåne län, SE' }],
  stages: [
    { id: 61, name: 'Application Review', sort_order: 0 },
    { id: 62, name: 'Offer', sort_order: 1 },
  ],
  team: [{ user_id: 4 }, { user_id: 5 }, { user_id: 4 }],
  notes: 'FORBIDDEN',
};

describe('a job of Greenhouse', () => {
  it('is a job with its stages, its team once each, and the place of its first office', () => {
    expect(recordOf('job', job)).toEqual({
      resource: 'job',
      externalId: '100003',
      remoteId: '100003',
      deleted: false,
      fields: {
        name: 'Nurse',
        status: 'open',
        visibility: 'public',
        location: { name: 'Malmö, Skåne län, SE', city: 'Malmö', region: 'Skåne län', country: 'SE' },
        remoteUpdatedAt: '2026-02-01T00:00:00.000Z',
        stages: [
          { externalId: '61', remoteId: '61', name: 'Application Review', position: 0 },
          { externalId: '62', remoteId: '62', name: 'Offer', position: 1 },
        ],
        hiringTeam: ['4', '5'],
      },
    });
  });

  it.each([
    [{ confidential: true }, 'private'],
    [{ posts: [{ live: true, internal: true }] }, 'private'],
    [{ posts: [{ live: false, internal: false }] }, 'private'],
    [{ posts: [] }, 'private'],
  ])('with %j is %s', (changes, visibility) => expect(recordOf('job', { ...job, ...changes })).toMatchObject({ fields: { visibility } }));

  it.each([
    ['Stockholm, SE', { name: 'Stockholm, SE', city: 'Stockholm', region: null, country: 'SE' }],
    ['Remote', { name: 'Remote', city: 'Remote', region: null, country: null }],
    ['Storgatan 12, 211 34 Malmö, Sweden', { name: 'Sweden', city: null, region: null, country: 'Sweden' }],
    ['12', null],
  ])('at an office in "%s" shows no street', (location, expected) => {
    expect(recordOf('job', { ...job, offices: [{ location }] })).toMatchObject({ fields: { location: expected } });
  });
});

describe('other rows of Greenhouse', () => {
  it('an application stands in the stage that its own list names, not in its stage_id', () => {
    const row = { id: 9, candidate_id: 8, job_id: 7, stage_id: 900, stage_name: 'Offer', currentStage: { job_interview_stage_id: 62 } };
    expect(recordOf('application', row)).toMatchObject({
      externalId: '9',
      fields: { candidateId: '8', jobId: '7', stageId: '62', stageName: 'Offer' },
    });
  });

  it('a prospect has no job and no stage', () => {
    expect(recordOf('application', { id: 9, candidate_id: 8, job_id: null })).toMatchObject({ fields: { jobId: null, stageId: null } });
  });

  it('a candidate has the first address that is one', () => {
    const row = {
      id: 8,
      first_name: 'Åsa',
      last_name: null,
      email_addresses: [{ value: '' }, { value: 'a@b.example' }, { value: 'c@d.example' }],
    };
    expect(recordOf('candidate', row)).toMatchObject({ fields: { firstName: 'Åsa', lastName: null, email: 'a@b.example' } });
  });

  it.each([[{ id: 'abc def' }], [{ id: -1 }], [{ id: 2 ** 60 }]])('with the id %j is set aside', (row) =>
    expect(recordOf('user', row)).toMatchObject({ reason: 'id-malformed' }),
  );
});
