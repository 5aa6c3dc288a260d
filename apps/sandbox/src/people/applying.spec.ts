import fc from 'fast-check';
import { applicationsOfCandidate, candidateOfApplication, countApplications } from './applying.js';

describe('who applied', () => {
  it('is told alike from both sides', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (candidate) => {
        for (const application of applicationsOfCandidate(candidate)) expect(candidateOfApplication(application)).toBe(candidate);
      }),
    );
  });

  it.each([0, 1, 13, 14, 49, 50, 63, 64, 1_000])('leaves no application without a candidate among %d', (candidates) => {
    const applications = Array.from({ length: candidates }, (_, candidate) => applicationsOfCandidate(candidate)).flat();
    expect(applications).toEqual(Array.from({ length: countApplications(candidates) }, (_, index) => index));
  });
});
