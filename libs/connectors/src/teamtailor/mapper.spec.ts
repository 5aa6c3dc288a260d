import type { Resource } from '#libs/model';
import { recordPage } from '../contract/record-page.js';
import { MAPPINGS } from './mapper.js';

function fieldsOf(resource: Resource, item: object) {
  const { records, setAside } = recordPage(MAPPINGS[resource], [{ id: '7', type: 'x', ...item }], { next: null });
  return records[0]?.fields ?? setAside[0];
}

describe('a resource of Teamtailor', () => {
  it('becomes a user whose one name is taken apart', () => {
    expect(fieldsOf('user', { attributes: { name: 'Ludwig van der Berg', email: 'l@b.example', phone: 'FORBIDDEN' } })).toEqual({
      firstName: 'Ludwig',
      lastName: 'van der Berg',
      email: 'l@b.example',
    });
  });

  it('becomes a job, with its stages in order, its first location and its whole team', () => {
    const job = {
      attributes: {
        title: 'Nurse',
        'human-status': 'published',
        internal: false,
        'updated-at': '2026-02-01T10:00:00+01:00',
        body: 'FORBIDDEN',
      },
      locations: [
        { id: '1', attributes: { city: 'Malmö', country: 'SE', address: 'FORBIDDEN' } },
        { id: '2', attributes: { city: 'Lund' } },
      ],
      stages: [
        { id: '10', attributes: { name: 'Inbox', 'row-order': 0 } },
        { id: '11', attributes: { name: 'Offer', 'row-order': 1 } },
      ],
      team: [{ id: '4' }, { id: '5' }, { id: '4' }],
    };
    expect(fieldsOf('job', job)).toEqual({
      name: 'Nurse',
      status: 'open',
      visibility: 'public',
      location: { name: 'Malmö, SE', city: 'Malmö', region: null, country: 'SE' },
      remoteUpdatedAt: '2026-02-01T09:00:00.000Z',
      stages: [
        { externalId: '10', remoteId: '10', name: 'Inbox', position: 0 },
        { externalId: '11', remoteId: '11', name: 'Offer', position: 1 },
      ],
      hiringTeam: ['4', '5'],
    });
  });

  it.each([
    ['published', false, 'open', 'public'],
    ['published', true, 'open', 'private'],
    ['unlisted', false, 'open', 'private'],
    ['draft', false, 'draft', 'private'],
    ['unsaved', false, 'draft', 'private'],
    ['temp', false, 'draft', 'private'],
    ['scheduled', false, 'draft', 'private'],
    ['expired', false, 'closed', 'private'],
    ['archived', false, 'archived', 'private'],
    ['brand-new', false, 'unknown', 'unknown'],
    ['constructor', false, 'unknown', 'unknown'],
  ])('that is %s (internal: %s) is %s and %s', (human, internal, status, visibility) => {
    expect(fieldsOf('job', { attributes: { 'human-status': human, internal } })).toMatchObject({ status, visibility });
  });

  it('is as its status says where there is no human one', () => {
    expect(fieldsOf('job', { attributes: { status: 'open', internal: false } })).toMatchObject({ status: 'open', visibility: 'public' });
    expect(fieldsOf('job', { attributes: {} })).toMatchObject({ status: 'unknown', visibility: 'unknown' });
  });

  it('has each of its stages once', () => {
    const stages = [{ id: '10', attributes: { name: 'Inbox' } }, { id: '11' }, { id: '10', attributes: { name: 'Inbox' } }];
    expect(fieldsOf('job', { stages })).toMatchObject({ stages: [{ externalId: '10' }, { externalId: '11' }] });
  });

  it('becomes an application by what it is linked to', () => {
    const links = { candidate: { id: '1' }, job: { id: '2' }, stage: { id: '3', attributes: { name: 'Offer' } } };
    expect(
      fieldsOf('application', { attributes: { 'created-at': '2026-01-01T00:00:00Z', 'cover-letter': 'FORBIDDEN' }, ...links }),
    ).toEqual({
      candidateId: '1',
      jobId: '2',
      stageId: '3',
      stageName: 'Offer',
      remoteCreatedAt: '2026-01-01T00:00:00.000Z',
      remoteUpdatedAt: null,
    });
  });

  it('is set aside by the name of its field where that is malformed', () => {
    expect(fieldsOf('candidate', { attributes: { email: { address: 'FORBIDDEN' } } })).toEqual({
      externalId: '7',
      reason: 'field-malformed',
      field: 'attributes.email',
    });
  });

  it('counts what came unasked by its documented name, and nothing else by name', () => {
    const item = { id: '7', attributes: { email: 'a@b.example', phone: 'FORBIDDEN', 'FORBIDDEN key': 1 }, relationships: { answers: {} } };
    expect([...recordPage(MAPPINGS.candidate, [item], { next: null }).dropped]).toEqual([
      ['attributes.phone', 1],
      ['*', 1],
    ]);
  });
});
