import fc from 'fast-check';
import { fitsStagePattern } from './stage-pattern.js';

const plain = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('*'));

describe('a pattern of stages’ names', () => {
  it.each([
    ['alva*', 'Alva test', true],
    ['*ALVA*', 'Logic (alva)', true],
    ['alva', 'Alva test', false],
    ['*', '', true],
    ['a*b*c', 'aXbbYc', true],
    ['a*b*c', 'aXbbY', false],
    ['a.c', 'abc', false],
    ['(a+)+$', 'aaaa', false],
    ['prüfung', 'PRÜFUNG', true],
    ['é*', 'e\u0301tape', true],
  ])('%j on %j: %j', (pattern, name, fits) => {
    expect(fitsStagePattern(pattern, name)).toBe(fits);
  });

  it('without a star fits that very name alone', () => {
    fc.assert(
      fc.property(
        plain,
        plain,
        (one, other) => fitsStagePattern(one, other) === (one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase()),
      ),
    );
  });

  it('fits whatever has its parts in their order, and nothing that lacks one', () => {
    const ascii = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(ascii, { minLength: 1, maxLength: 4 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 }),
        (parts, name) => {
          const oracle = new RegExp(`^${parts.join('[^]*')}$`);
          expect(fitsStagePattern(parts.join('*'), name)).toBe(oracle.test(name));
        },
      ),
    );
  });

  it('is quick however hostile it is', () => {
    const startedMs = performance.now();
    expect(fitsStagePattern(`${'*a'.repeat(50)}b`, 'a'.repeat(10_000))).toBe(false);
    expect(performance.now() - startedMs).toBeLessThan(200);
  });
});
