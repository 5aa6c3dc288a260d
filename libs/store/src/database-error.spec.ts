import { GatewayError } from '#libs/model';
import { atDatabaseEdge, databaseError } from './database-error.js';

const coded = (code: string) =>
  Object.assign(new Error('value of a row'), { code, detail: 'Key (email)=(value of a row)', table: 'job', constraint: 'c' });

test.each(['08006', '40001', '40P01', '53300', '57P01', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE'])(
  '%s may pass: worth another try',
  (code) => {
    expect(atDatabaseEdge(coded(code))).toMatchObject({ kind: 'internal', retry: { when: 'later' } });
  },
);

test.each([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout exceeded when trying to connect',
  'Client was closed and is not queryable',
  'Client has encountered a connection error and is not queryable',
])('pg’s own words for a lost connection are worth another try: %s', (message) => {
  expect(atDatabaseEdge(new Error(message))).toMatchObject({ kind: 'internal', retry: { when: 'later' } });
});

test.each([
  ['23505', 'conflict'],
  ['23503', 'conflict'],
  ['23514', 'internal'],
  ['42501', 'internal'],
  ['22P02', 'internal'],
])('%s is %s, and fails again', (code, kind) => {
  expect(databaseError(coded(code))).toMatchObject({
    kind,
    retry: { when: 'never' },
    context: { sqlState: code, table: 'job', constraint: 'c' },
  });
});

test('the code is found below what wraps it, and nothing of the wrapper passes', () => {
  const wrapped = new Error('insert into t values (secret)', { cause: new Error('more', { cause: coded('23505') }) });
  const mapped = databaseError(wrapped);
  expect(mapped).toMatchObject({ kind: 'conflict' });
  expect(mapped.stack).not.toContain('secret');
  expect(mapped.stack).toContain('database-error.spec');
});

test('what the database did not say passes as it is', () => {
  const own = [new TypeError('own'), new GatewayError('not-found'), 'text', null];
  expect(own.map(atDatabaseEdge)).toEqual(own);
  expect(databaseError(own[1])).toBe(own[1]);
});

test.each(['text', null, undefined, 7, {}])('whatever else is thrown becomes an error without content: %p', (thrown) => {
  expect(databaseError(thrown)).toMatchObject({ kind: 'internal', context: { sqlState: null, constraint: null, table: null } });
});
