import { readTokenArguments } from './token-arguments.js';

const TENANT = '11111111-1111-4111-8111-111111111111';

test('scopes, tenants and a time to live are read', () => {
  const claims = readTokenArguments([
    '--scope',
    'ats:read, results:write',
    '--tenant',
    TENANT,
    '--tenant',
    TENANT,
    '--ttl',
    '2h',
    '--subject',
    'me',
  ]);
  expect(claims).toEqual({ scopes: ['ats:read', 'results:write'], tenants: [TENANT, TENANT], ttl: '2h', subject: 'me' });
});

test('without more than a scope a token is good for an hour and for every tenant', () => {
  expect(readTokenArguments(['--scope', 'ats:read'])).toEqual({ scopes: ['ats:read'], tenants: [], ttl: '1h', subject: 'developer' });
});

test('help is help', () => {
  expect(readTokenArguments(['--help'])).toBeNull();
});

test.each([
  [[], '--scope takes'],
  [['--scope', 'ats:write'], '--scope takes'],
  [['--scope', 'ats:read', '--ttl', 'forever'], '--ttl takes'],
  [['--scope', 'ats:read', '--tenant', 'acme'], '--tenant takes'],
  [['--scope', 'ats:read', '--scopes'], 'an argument that is not known'],
])('%j is refused with what to write', (args, words) => {
  expect(() => readTokenArguments(args)).toThrow(words);
});
