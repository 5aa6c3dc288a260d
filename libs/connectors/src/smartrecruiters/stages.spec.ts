import fc from 'fast-check';
import { RawObject } from '../contract/raw-object.js';
import { JOB_ID } from './fixtures.for-spec.js';
import { subStatusesOf } from './hiring-process.js';
import { stagesOf } from './stages.js';

describe('the stages of a job', () => {
  const names = (process: object) => stagesOf(JOB_ID, new RawObject(subStatusesOf(process))).map(({ name }) => name);
  const MAIN = ['Lead', 'New', 'In review', 'Interview', 'Offered', 'Hired'];

  it.each<[string, object]>([
    ['texts by status', { subStatuses: { IN_REVIEW: ['Test', 'Test'] } }],
    ['objects with names by status', { subStatuses: { IN_REVIEW: [{ name: 'Test' }, { id: 1 }, null] } }],
    ['a list of statuses', { statuses: [{ status: 'IN_REVIEW', subStatuses: [{ label: 'Test' }] }] }],
    ['a list of statuses with ids', { statuses: [null, { id: 'IN_REVIEW', subStatuses: ['Test'] }] }],
  ])('are read of %s', (_, process) => {
    expect(names(process)).toEqual(['Lead', 'New', 'In review', 'Test', 'Interview', 'Offered', 'Hired']);
  });

  it.each([{}, { subStatuses: [] }, { subStatuses: { REJECTED: ['A reason'], IN_REVIEW: 'Test' } }, { statuses: 'IN_REVIEW' }])(
    'are the main ones where the process is %j',
    (process) => {
      expect(names(process)).toEqual(MAIN);
    },
  );

  it('leave out one whose id would be too long', () => {
    expect(names({ subStatuses: { INTERVIEW: ['å'.repeat(50), 'Short'] } })).toEqual([...MAIN.slice(0, 4), 'Short', ...MAIN.slice(4)]);
  });
});

test('a hiring process of any shape is read without throwing', () => {
  fc.assert(
    fc.property(fc.object(), (process) =>
      Object.values(subStatusesOf(process))
        .flat()
        .every((name) => name === null || typeof name === 'string'),
    ),
  );
});
