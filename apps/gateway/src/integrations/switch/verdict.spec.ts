import fc from 'fast-check';
import { MATCH_RULES, RESOURCES, type Resource, type ResourceDiff, type SwitchDiff, type SwitchPreview } from '#libs/model';
import { verdictOf } from './verdict.js';

const NONE = { count: 0, ids: [] } as const;
const NOTHING: SwitchPreview = { fields: { lost: [], gained: [] }, capabilities: { lost: [], gained: [] } };
const UNUSED: ReadonlySet<string> = new Set();

const matchedOf = (here: number, matched: Partial<ResourceDiff['matched']>): ResourceDiff => ({
  here,
  there: here,
  matched: { remoteId: 0, known: 0, naturalKey: 0, ...matched },
  onlyHere: NONE,
  onlyThere: NONE,
  ambiguous: NONE,
  fields: {},
});

/** All of a thousand records of each kind, but for what is told. */
const diffWith = (told: Partial<SwitchDiff> = {}): SwitchDiff => {
  const all = matchedOf(1000, { remoteId: 1000 });
  return { user: all, job: all, candidate: all, application: all, stage: all, ...told };
};

const evidence = { diff: diffWith(), preview: NOTHING, unavailable: [], used: UNUSED };

test('where all is found again and nothing is lost, a switch is ready', () => {
  expect(verdictOf(evidence)).toEqual({ verdict: 'ready', reasons: [] });
});

test('99 percent is enough, by whatever rules; less is not', () => {
  fc.assert(
    fc.property(fc.constantFrom(...RESOURCES), fc.nat(1000), fc.nat(1000), fc.nat(1000), (resource, ...matches) => {
      const found = matches.reduce((sum, count) => sum + count);
      const diff = diffWith({
        [resource]: matchedOf(1000, Object.fromEntries(MATCH_RULES.map((rule, index) => [rule, matches[index]]))),
      });
      expect(verdictOf({ ...evidence, diff }).reasons).toEqual(found < 990 ? [`matched-under-99-percent:${resource}`] : []);
    }),
  );
  const atTheEdge = [989, 990].map(
    (remoteId) => verdictOf({ ...evidence, diff: diffWith({ job: matchedOf(1000, { remoteId }) }) }).verdict,
  );
  expect(atTheEdge).toEqual(['blocked', 'ready']);
});

test('where nothing is stored, nothing has to be found again', () => {
  expect(verdictOf({ ...evidence, diff: diffWith({ candidate: matchedOf(0, {}) }) }).verdict).toBe('ready');
});

test('stages are no resource of their own: their job stands for them', () => {
  expect(verdictOf({ ...evidence, diff: diffWith({ stage: matchedOf(1000, {}) }) }).verdict).toBe('ready');
});

test('a lost capability counts only where the tenant has made use of it, a lost field always', () => {
  const preview = { fields: { lost: ['job.location'], gained: [] }, capabilities: { lost: ['orders', 'results'], gained: ['webhooks'] } };
  expect(verdictOf({ ...evidence, preview, used: new Set(['results', 'webhooks']) }).reasons).toEqual([
    'capability-lost:results',
    'field-lost:job.location',
  ]);
});

test('everything that speaks against it is named, each once, and more against it never makes a switch ready', () => {
  const some = fc.subarray<Resource>([...RESOURCES]);
  const names = fc.subarray(['orders', 'results']);
  const fields = fc.subarray(['job.location', 'user.email']);
  fc.assert(
    fc.property(some, some, names, fields, (unmatched, unavailable, lost, lostFields) => {
      const { verdict, reasons } = verdictOf({
        diff: diffWith(Object.fromEntries(unmatched.map((resource) => [resource, matchedOf(10, {})]))),
        preview: { fields: { lost: lostFields, gained: [] }, capabilities: { lost, gained: [] } },
        unavailable,
        used: new Set(['orders', 'results']),
      });
      expect(reasons).toEqual([
        ...unmatched.map((resource) => `matched-under-99-percent:${resource}`),
        ...unavailable.map((resource) => `resource-unavailable:${resource}`),
        ...lost.map((name) => `capability-lost:${name}`),
        ...lostFields.map((name) => `field-lost:${name}`),
      ]);
      expect(verdict).toBe(reasons.length === 0 ? 'ready' : 'blocked');
      for (const reason of reasons) expect(reason).toMatch(/^[a-z0-9-]{1,60}(:[a-zA-Z.-]{1,60})?$/);
    }),
  );
});
