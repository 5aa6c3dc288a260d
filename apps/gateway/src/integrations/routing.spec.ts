import type { Connector } from '#libs/connectors';
import type { IntegrationType } from '#libs/model';
import { Source } from '../pipeline/source.for-spec.js';
import { route } from './routing.js';

const { ports, manifest } = new Source().connector;
const connector = (slug: string, kind: Connector['manifest']['kind']): Connector => ({ manifest: { ...manifest, slug, kind }, ports });
const CONNECTORS: readonly Connector[] = [
  connector('kombo', 'unified'),
  connector('greenhouse', 'native'),
  connector('lever', 'native'),
  connector('partner', 'partner'),
];

test.each([
  ['kombo', 'greenhouse', 'kombo'],
  ['kombo', 'an-ats-nobody-knows', 'kombo'],
  ['native', 'greenhouse', 'greenhouse'],
  ['native', 'lever', 'lever'],
  ['partner', 'jobylon', 'partner'],
  ['partner', 'greenhouse', 'partner'],
] as const)('%s to %s is served by %s', (type, ats, slug) => {
  expect(route(type, ats, CONNECTORS).manifest.slug).toBe(slug);
});

test.each([
  ['native', 'teamtailor'],
  ['native', 'kombo'],
  ['native', '__proto__'],
] as const satisfies readonly (readonly [IntegrationType, string])[])('%s to %s is served by none', (type, ats) => {
  expect(() => route(type, ats, CONNECTORS)).toThrow(expect.objectContaining({ kind: 'unsupported', context: { type } }));
});

test('of this build’s own connectors Kombo serves any ATS', () => {
  expect(route('kombo', 'greenhouse').manifest.slug).toBe('kombo');
});
