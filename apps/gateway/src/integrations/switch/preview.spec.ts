import fc from 'fast-check';
import { CONNECTORS } from '#libs/connectors';
import { fieldNamesOf, RESOURCES } from '#libs/model';
import { previewOf } from './preview.js';

const aConnector = fc.constantFrom(...CONNECTORS);

test('from a connector to itself nothing changes', () => {
  for (const connector of CONNECTORS) {
    expect(previewOf(connector, connector)).toEqual({ fields: { lost: [], gained: [] }, capabilities: { lost: [], gained: [] } });
  }
});

test('what one way loses the other way gains, and nothing is both', () => {
  fc.assert(
    fc.property(aConnector, aConnector, (one, other) => {
      const [there, back] = [previewOf(one, other), previewOf(other, one)];
      for (const side of ['fields', 'capabilities'] as const) {
        expect(new Set(back[side].lost)).toEqual(new Set(there[side].gained));
        expect(new Set(back[side].gained)).toEqual(new Set(there[side].lost));
        expect(there[side].lost.filter((name) => there[side].gained.includes(name))).toEqual([]);
      }
    }),
  );
});

test('where no integration is active all is gained, and nothing lost', () => {
  for (const connector of CONNECTORS) {
    const { fields, capabilities } = previewOf(null, connector);
    expect([fields.lost, capabilities.lost]).toEqual([[], []]);
    expect(fields.gained.length).toBeGreaterThan(10);
  }
});

test('fields are ours, by resource, and how records come in is no capability', () => {
  const known = new Set(RESOURCES.flatMap((resource) => fieldNamesOf(resource).map((field) => `${resource}.${field}`)));
  for (const connector of CONNECTORS) {
    const { fields, capabilities } = previewOf(null, connector);
    expect(fields.gained.filter((name) => !known.has(name))).toEqual([]);
    expect(['orders', 'results']).toEqual(expect.arrayContaining([...capabilities.gained]));
  }
});

test('an ATS that sends its records itself may fill every field', () => {
  const partners = CONNECTORS.filter(({ ports }) => ports.read === undefined);
  expect(partners).not.toEqual([]);
  for (const partner of partners) for (const other of CONNECTORS) expect(previewOf(other, partner).fields.lost).toEqual([]);
});
