import type { Resource } from '#libs/model';
import { recordPage } from '../contract/record-page.js';
import { MAPPINGS } from './mapper.js';

function recordOf(resource: Resource, item: object) {
  const { records, setAside } = recordPage(MAPPINGS[resource], [item], { next: null });
  return records[0] ?? setAside[0];
}

const row = {
  id: 'c-1',
  firstname: 'Seán',
  lastname: "O'Brien",
  email: 's@o.example',
  phone: 'FORBIDDEN',
  job: { shortcode: 'GROOV003', title: 'FORBIDDEN' },
  stage: 'Phone Screen',
  stageSlug: 'phone-screen',
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-02T00:00:00Z',
};

describe('a row of Workable’s candidates', () => {
  it('becomes a person', () => {
    expect(recordOf('candidate', row)).toMatchObject({
      externalId: 'c-1',
      remoteId: 'c-1',
      fields: {
        firstName: 'Seán',
        lastName: "O'Brien",
        email: 's@o.example',
        remoteCreatedAt: '2026-01-01T00:00:00.000Z',
        remoteUpdatedAt: '2026-01-02T00:00:00.000Z',
      },
    });
  });

  it('becomes their application, whose stage is that of the job', () => {
    expect(recordOf('application', row)).toMatchObject({
      externalId: 'c-1',
      fields: { candidateId: 'c-1', jobId: 'GROOV003', stageId: 'GROOV003:phone-screen', stageName: 'Phone Screen' },
    });
  });

  it.each([[null], [undefined], ['Ünïcode stage'], ['x'.repeat(300)]])('has no stage id where its slug is %j', (stageSlug) => {
    expect(recordOf('application', { ...row, stageSlug })).toMatchObject({ fields: { stageId: null } });
  });
});

describe('a job of Workable', () => {
  const job = {
    id: 'j1',
    shortcode: 'GROOV003',
    title: 'Nurse',
    state: 'published',
    confidential: false,
    salary: { salary_from: 1 },
    location: { city: 'Malmö', region: 'Skåne', country: 'Sweden', country_code: 'SE', zip_code: 'FORBIDDEN' },
    updated_at: '2026-02-01T00:00:00Z',
    stages: [
      { slug: 'sourced', name: 'Sourced', kind: 'sourced', position: 0 },
      { name: 'nameless slug', position: 1 },
    ],
    team: [{ id: 'm1', email: 'FORBIDDEN' }, { id: 'm2' }, { id: 'm1' }],
  };

  it('is named by its shortcode, and has its stages and team', () => {
    expect(recordOf('job', job)).toEqual({
      resource: 'job',
      externalId: 'GROOV003',
      remoteId: 'GROOV003',
      deleted: false,
      fields: {
        name: 'Nurse',
        status: 'open',
        visibility: 'public',
        location: { name: 'Malmö, Skåne, SE', city: 'Malmö', region: 'Skåne', country: 'SE' },
        remoteUpdatedAt: '2026-02-01T00:00:00.000Z',
        stages: [{ externalId: 'GROOV003:sourced', remoteId: 'sourced', name: 'Sourced', position: 0 }],
        hiringTeam: ['m1', 'm2'],
      },
    });
  });

  it.each([
    ['published', true, 'open', 'private'],
    ['draft', false, 'draft', 'private'],
    ['closed', false, 'closed', 'private'],
    ['archived', false, 'archived', 'private'],
    ['brand-new', false, 'unknown', 'unknown'],
  ])('that is %s (confidential: %s) is %s and %s', (state, confidential, status, visibility) => {
    expect(recordOf('job', { ...job, state, confidential })).toMatchObject({ fields: { status, visibility } });
  });
});

it('a member’s one name is taken apart', () => {
  expect(recordOf('user', { id: 'm1', name: 'María José García', email: 'm@g.example', headline: 'FORBIDDEN' })).toMatchObject({
    fields: { firstName: 'María José', lastName: 'García', email: 'm@g.example' },
  });
});
