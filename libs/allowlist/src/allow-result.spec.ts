import fc from 'fast-check';
import { decide, grantFor, type Grant, type Purpose } from '#libs/consent';
import { GatewayError, type ResultContent } from '#libs/model';
import { allowResult } from './allow-result.js';

const HOSTS = ['reports.alva.example'];

function grantTo(purpose: Purpose): Grant {
  const decision = { ...decide([], new Date(0)), open: true, read: ['job'] as const, write: ['result'] as const, refusal: null };
  const outcome = grantFor({
    tenantId: 'tenant',
    decision: { ...decision, read: [...decision.read], write: [...decision.write] },
    epoch: '1',
    integration: { id: 'integration', type: 'native' },
    purpose,
    narrowing: { hiddenFields: {}, jobScope: null },
  });
  if (!outcome.granted) throw new Error(outcome.detail);
  return outcome.grant;
}

const text = (longest: number) =>
  fc.string({ minLength: 1, maxLength: longest }).filter((value) => value.replaceAll('\0', '').trim() !== '');
const score = fc
  .record({ name: text(40), label: text(40), min: fc.integer({ min: -100, max: 0 }), max: fc.integer({ min: 1, max: 100 }) })
  .chain((scale) => fc.integer(scale).map((value) => ({ ...scale, value })));
const result: fc.Arbitrary<ResultContent> = fc.record({
  completedAt: fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
  roleFit: fc.option(fc.integer({ min: 1, max: 99 })),
  matchPercent: fc.option(fc.integer({ min: 0, max: 100 })),
  scores: fc.array(score, { maxLength: 20 }),
  summary: fc.option(text(400)),
  reportUrl: fc.constant('https://reports.alva.example/r/1'),
});

const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));
const KEYS = ['completedAt', 'matchPercent', 'reportUrl', 'roleFit', 'scores', 'summary'];

describe('what may go out of a result', () => {
  const grant = grantTo('write-back');

  it('is a summary and nothing else, whatever else stands beside or within it', () => {
    fc.assert(
      fc.property(result, fc.dictionary(fc.string(), fc.anything()), (content, more) => {
        const scores = content.scores.map((each) => ({ ...more, ...each, answers: ['never-out'] }));
        const full = { ...more, ...content, scores, raw: 'never-out' };
        const allowed = allowResult(grant, full, HOSTS);
        expect(Object.keys(allowed).toSorted()).toEqual(KEYS);
        for (const each of allowed.scores) expect(Object.keys(each).toSorted()).toEqual(['label', 'max', 'min', 'name', 'value']);
        expect(JSON.stringify(allowed)).not.toContain('never-out');
      }),
    );
  });

  it('is the same when it is asked again', () => {
    fc.assert(
      fc.property(result, (content) => {
        const once = allowResult(grant, content, HOSTS);
        expect(plain(allowResult(grant, once, HOSTS))).toEqual(plain(once));
      }),
    );
  });

  it('is nothing without leave to write', () => {
    fc.assert(
      fc.property(result, (content) => {
        expect(() => allowResult(grantTo('sync'), content, HOSTS)).toThrow(
          new GatewayError('consent-does-not-cover', { detail: 'Results may go out only where an agreement covers writing results.' }),
        );
      }),
    );
  });

  it.each([
    ['another host', { reportUrl: 'https://reports.alva.example.evil.example/r' }],
    ['another scheme', { reportUrl: 'http://reports.alva.example/r' }],
    ['a script', { reportUrl: 'javascript:alert(1)' }],
    ['a user in the address', { reportUrl: 'https://reports.alva.example@evil.example/' }],
    ['a password in the address', { reportUrl: 'https://a:b@reports.alva.example/' }],
    ['a role fit of 0', { roleFit: 0 }],
    ['a role fit of a half', { roleFit: 1.5 }],
    ['a match of 101', { matchPercent: 101 }],
    ['no number', { matchPercent: Number.NaN }],
    ['a time without a zone', { completedAt: 'yesterday' }],
    ['a summary that is too long', { summary: 'x'.repeat(501) }],
    ['a score out of its scale', { scores: [{ name: 'a', label: 'A', value: 11, min: 1, max: 10 }] }],
    ['a scale without an extent', { scores: [{ name: 'a', label: 'A', value: 1, min: 1, max: 1 }] }],
    ['a label of nothing', { scores: [{ name: 'a', label: ' ', value: 1, min: 0, max: 1 }] }],
    ['too many scores', { scores: Array.from({ length: 21 }, () => ({ name: 'a', label: 'A', value: 1, min: 0, max: 1 })) }],
  ])('is refused with %s, and no word of it is told', (_what, change) => {
    const content = {
      completedAt: '2026-11-22T10:00:00Z',
      roleFit: 82,
      matchPercent: null,
      scores: [],
      summary: null,
      reportUrl: 'https://reports.alva.example/r/1',
    };
    const refusing = () => allowResult(grant, { ...content, ...change }, HOSTS);
    expect(refusing).toThrow(GatewayError);
    expect(refusing).toThrow(/"(reportUrl|roleFit|matchPercent|completedAt|summary|scores(\.\w+)?)"/);
    expect(refusing).not.toThrow(/evil|javascript|yesterday/);
  });
});
