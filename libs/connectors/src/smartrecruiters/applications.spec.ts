import { mapItem } from '../contract/record-page.js';
import { applicationsOf } from './applications.js';
import { CANDIDATE_ID, fixtureOf, JOB_ID, OTHER_JOB_ID } from './fixtures.for-spec.js';
import { MAPPINGS } from './mapper.js';

describe('the applications of a candidate', () => {
  const job = { id: JOB_ID };
  const [candidate = {}] = fixtureOf('candidate').answer.content;
  const ofThis = (changes: object, onlyJob: string | null = null) =>
    applicationsOf({ ...candidate, ...changes }, onlyJob).map((item) => {
      const result = mapItem(MAPPINGS.application, item);
      return 'record' in result ? result.record.externalId : result.setAside.reason;
    });

  it('are one for each assignment', () => {
    expect(ofThis({}).sort()).toEqual([`${CANDIDATE_ID}:${JOB_ID}`, `${CANDIDATE_ID}:${OTHER_JOB_ID}`]);
    expect(ofThis({}, OTHER_JOB_ID)).toEqual([`${CANDIDATE_ID}:${OTHER_JOB_ID}`]);
  });

  it.each([
    {},
    { primaryAssignment: null, secondaryAssignments: [] },
    { primaryAssignment: { job: null } },
    { primaryAssignment: { status: 'LEAD' } },
  ])('are none where it is assigned to no job: %j', (changes) => {
    expect(ofThis({ primaryAssignment: null, secondaryAssignments: null, ...changes })).toEqual([]);
  });

  it('name the primary assignment last: of two to one job it is the one that counts', () => {
    const items = applicationsOf({ id: 'c', primaryAssignment: { job, status: 'NEW' }, secondaryAssignments: [{ job }] }, null);
    expect(items.at(-1)).toMatchObject({ assignment: { status: 'NEW' } });
  });

  it.each<[object, string]>([
    [{ secondaryAssignments: 'x' }, 'id-malformed'],
    [{ secondaryAssignments: [], primaryAssignment: 'x' }, 'id-malformed'],
    [{ secondaryAssignments: [], primaryAssignment: { job: { id: 7 } } }, 'id-malformed'],
    [{ secondaryAssignments: [], id: 'a b' }, 'id-malformed'],
    [{ secondaryAssignments: [], primaryAssignment: { job, status: 7 } }, 'field-malformed'],
  ])('that cannot be read are set aside: %j', (changes, reason) => {
    expect(ofThis(changes)).toEqual([reason]);
    expect(ofThis(changes, JOB_ID)).toEqual([reason]);
  });
});
