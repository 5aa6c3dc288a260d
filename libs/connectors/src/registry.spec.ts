import { CONNECTORS, connectorBySlug } from './registry.js';

describe('the registry', () => {
  it('finds every connector by its slug, and no other', () => {
    for (const connector of CONNECTORS) expect(connectorBySlug(connector.manifest.slug)).toBe(connector);
    expect(connectorBySlug('constructor')).toBeUndefined();
  });

  it('holds no slug twice', () => {
    expect(new Set(CONNECTORS.map(({ manifest }) => manifest.slug)).size).toBe(CONNECTORS.length);
  });

  it.each(
    CONNECTORS.flatMap(({ manifest }) => [...manifest.settings, ...manifest.credentials].map((field) => [manifest.slug, field] as const)),
  )('has settings whose whole value must match (%s)', (_slug, { pattern }) => {
    expect(pattern.source).toMatch(/^\^.*\$$/);
    expect(pattern.flags).toBe('');
  });
});
