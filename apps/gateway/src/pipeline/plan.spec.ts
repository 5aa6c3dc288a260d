import { RESOURCES } from '#libs/model';
import { planSteps } from './plan.js';
import { Source } from './source.for-spec.js';

const plan = (wanted: Partial<Parameters<typeof planSteps>[0]> & { byJob?: boolean }) => {
  const source = new Source();
  source.byJob = wanted.byJob ?? true;
  const steps = planSteps({ connector: source.connector, resources: RESOURCES, first: false, scoped: false, ...wanted });
  return steps.map(({ resource, newestJobs }) => (newestJobs ? `${resource} of the newest jobs` : resource));
};

test('what others refer to comes first', () => {
  expect(plan({})).toEqual(['user', 'job', 'candidate', 'application']);
});

test('under a job scope applications come before the candidates whom they let in', () => {
  expect(plan({ scoped: true })).toEqual(['user', 'job', 'application', 'candidate']);
});

test('only what is asked for is walked, in the plan’s order', () => {
  expect(plan({ resources: ['application', 'job'] })).toEqual(['job', 'application']);
  expect(plan({ resources: [] })).toEqual([]);
});

test('a first run reads the newest jobs’ people right after the jobs', () => {
  const early = ['user', 'job', 'candidate of the newest jobs', 'application of the newest jobs', 'candidate', 'application'];
  expect(plan({ first: true })).toEqual(early);
  expect(plan({ first: true, scoped: true }).slice(2, 4)).toEqual(['application of the newest jobs', 'candidate of the newest jobs']);
});

test.each([
  ['the connector cannot narrow by job', { first: true, byJob: false }],
  ['something was read before', { first: false }],
])('no early step where %s', (_why, wanted) => {
  expect(plan(wanted)).toEqual(['user', 'job', 'candidate', 'application']);
});

test('no early step without the jobs themselves, nor for what is not asked for', () => {
  expect(plan({ first: true, resources: ['candidate', 'application'] })).toEqual(['candidate', 'application']);
  expect(plan({ first: true, resources: ['job', 'candidate'] })).toEqual(['job', 'candidate of the newest jobs', 'candidate']);
});
