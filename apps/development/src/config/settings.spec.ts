import { gatewayVariables } from './child-variables.js';
import { readSettings } from './settings.js';

const FOUND = { databaseUrl: 'postgresql://embedded', encryptionKey: 'generated', gatewayPort: 41, sandboxUrl: 'http://127.0.0.1:42' };

test('everything has a default', () => {
  const { gateway, sandboxPort, demo } = readSettings({});
  expect({ ...gateway, sandboxPort, demo }).toMatchObject({ HOST: '127.0.0.1', PORT: 3000, sandboxPort: 4010, demo: true });
});

test('an empty variable counts as not set', () => {
  expect(readSettings({ PORT: '', SANDBOX_PORT: '', DEMO: '' })).toMatchObject({ gateway: { PORT: 3000 }, sandboxPort: 4010, demo: true });
});

test.each([
  [{ PORT: '65536' }],
  [{ PORT: '-1' }],
  [{ SANDBOX_PORT: 'x' }],
  [{ DEMO: 'yes' }],
  [{ GATEWAY_ROLES: 'cook' }],
  [{ NODE_ENV: 'production' }],
])('%j is refused by name', (variables) => expect(() => readSettings(variables)).toThrow(Object.keys(variables)[0] ?? 'none'));

test('the gateway is told of the embedded database and the sandbox', () => {
  expect(gatewayVariables(readSettings({}), FOUND)).toMatchObject({
    DATABASE_URL: 'postgresql://embedded',
    ENCRYPTION_KEY: 'generated',
    KOMBO_API_URL: 'http://127.0.0.1:42/kombo/v1',
    KOMBO_API_KEY: 'kombo-sandbox-key',
    EGRESS_ALLOW_HOSTS: '127.0.0.1',
    PORT: '41',
  });
});

test('what somebody has set wins, but the port that was found free', () => {
  const given = {
    DATABASE_URL: 'postgresql://theirs/x',
    ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
    KOMBO_API_URL: 'https://kombo.example/v1',
    KOMBO_API_KEY: 'their-key',
    EGRESS_ALLOW_HOSTS: 'kombo.example',
    LOG_LEVEL: 'debug',
  };
  expect(gatewayVariables(readSettings({ ...given, PORT: '0' }), FOUND)).toMatchObject({ ...given, PORT: '41' });
});
