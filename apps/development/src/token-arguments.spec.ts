import { readTokenArguments } from './token-arguments.js';

const TENANT = '11111111-1111-4111-8111-11111111111a';
const OTHER = '22222222-2222-4222-8222-222222222222';

test('scopes, tenants, a time to live and a name are read', () => {
  const args = [
    '--scope',
    'ats:read, results:write',
    '--tenant',
    TENANT.toUpperCase(),
    '--tenant',
    OTHER,
    '--ttl',
    '2h',
    '--subject',
    'me',
  ];
  expect(readTokenArguments(args)).toEqual({ scopes: ['ats:read', 'results:write'], tenants: [TENANT, OTHER], ttl: '2h', subject: 'me' });
});

test('a scope may be given more than once', () => {
  expect(readTokenArguments(['--scope', 'ats:read', '--scope', 'consent:write,ats:read'])?.scopes).toEqual(['ats:read', 'consent:write']);
});

test('without more than a scope a token is good for an hour and for every tenant', () => {
  expect(readTokenArguments(['--scope', 'ats:read'])).toEqual({ scopes: ['ats:read'], tenants: null, ttl: '1h', subject: 'developer' });
});

test('help is help', () => {
  expect(readTokenArguments(['--help'])).toBeNull();
});

test.each([
  [[], '--scope is missing'],
  [['--scope', 'ats:write'], 'there is no scope ats:write'],
  [['--scope', 'ats:read', '--ttl', 'forever'], '--ttl forever is no time'],
  [['--scope', 'ats:read', '--ttl', '0h'], '--ttl 0h is no time'],
  [['--scope', 'ats:read', '--tenant', 'acme'], "--tenant needs a tenant's UUID, not acme"],
  [['--scope', 'ats:read', '--tenant', ''], "--tenant needs a tenant's UUID"],
  [['--scope', 'ats:read', '--scopes'], '--scopes'],
])('%j is refused with what to write', (args, words) => {
  expect(() => readTokenArguments(args)).toThrow(words);
});
