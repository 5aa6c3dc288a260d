import { readSettings } from './settings.js';

test('everything has a default', () => {
  expect(readSettings({})).toMatchObject({ host: '127.0.0.1', port: 3000, sandboxPort: 4010, databaseUrl: null, demo: true });
});

test('a database of one’s own is taken for migrations too, unless its owner is named', () => {
  expect(readSettings({ DATABASE_URL: 'postgres://app' })).toMatchObject({
    databaseUrl: 'postgres://app',
    databaseOwnerUrl: 'postgres://app',
  });
  expect(readSettings({ DATABASE_URL: 'postgres://app', DATABASE_OWNER_URL: 'postgres://owner' })).toMatchObject({
    databaseOwnerUrl: 'postgres://owner',
  });
});

test.each([[{ PORT: '65536' }], [{ PORT: '-1' }], [{ SANDBOX_PORT: 'x' }], [{ DEMO: 'yes' }]])('%j is refused by name', (variables) => {
  expect(() => readSettings(variables)).toThrow(Object.keys(variables)[0] ?? 'none');
});
