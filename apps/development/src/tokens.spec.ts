import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSettings } from './config/settings.js';
import { loadEncryptionKey } from './encryption-key.js';
import { loadSigningKey } from './signing-key.js';
import { signToken, writeDevelopmentTokens } from './tokens.js';
import { Tokens } from '../../gateway/src/http/tokens.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
let dataDir: string;

beforeEach(() => (dataDir = mkdtempSync(path.join(tmpdir(), 'ats-gateway-keys-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const environment = (variables = {}) => readSettings({ DATA_DIR: dataDir, ...variables }).gateway;
const modeOf = (file: string) => statSync(path.join(dataDir, file)).mode & 0o777;

test('the gateway takes a token with its scopes and its tenants', async () => {
  const request = { subject: 'me', scopes: ['ats:read', 'results:write'], tenants: [TENANT], ttl: '1h' } as const;
  const token = await signToken(await loadSigningKey(dataDir), environment(), request);
  expect(await new Tokens(environment()).verify(token)).toEqual({
    subject: 'me',
    scopes: new Set(['ats:read', 'results:write']),
    tenants: new Set([TENANT]),
  });
});

test('each of the development tokens has the one scope of its caller, and is good for any tenant', async () => {
  const { tokens } = await writeDevelopmentTokens(dataDir, environment());
  const verifier = new Tokens(environment());
  const principals = await Promise.all(Object.values(tokens).map((token) => verifier.verify(token)));
  expect(principals.map(({ scopes }) => [...scopes])).toEqual([
    ['ats:read'],
    ['results:write'],
    ['platform:admin'],
    ['consent:write'],
    ['compliance:read'],
  ]);
  expect(principals.map(({ tenants }) => tenants)).toEqual([null, null, null, null, null]);
});

test('an issuer and an audience that somebody has set stand in the tokens', async () => {
  const theirs = environment({ AUTH_ISSUER: 'https://issuer.example', AUTH_AUDIENCE: 'them' });
  const { tokens } = await writeDevelopmentTokens(dataDir, theirs);
  await expect(new Tokens(theirs).verify(tokens.reader)).resolves.toMatchObject({ subject: 'development-reader' });
  await expect(new Tokens(environment()).verify(tokens.reader)).rejects.toThrow('unauthenticated');
});

test('a token of an earlier start stays good, also when two starts made the key at once', async () => {
  const [first, second] = await Promise.all([
    writeDevelopmentTokens(dataDir, environment()),
    writeDevelopmentTokens(dataDir, environment()),
  ]);
  const verifier = new Tokens(environment());
  for (const { tokens } of [first, second]) await expect(verifier.verify(tokens.reader)).resolves.toBeDefined();
});

test('only their owner reads keys and tokens, and the public key set holds no private key', async () => {
  await writeDevelopmentTokens(dataDir, environment());
  loadEncryptionKey(dataDir);
  expect(['dev-key.json', 'dev-tokens.json', 'encryption-key'].map(modeOf)).toEqual([0o600, 0o600, 0o600]);
  expect(Object.keys(JSON.parse(readFileSync(path.join(dataDir, 'dev-jwks.json'), 'utf8')).keys[0])).not.toContain('d');
});

test('the encryption key stays the same', () => {
  expect(loadEncryptionKey(dataDir)).toBe(loadEncryptionKey(dataDir));
  expect(Buffer.from(loadEncryptionKey(dataDir), 'base64')).toHaveLength(32);
});

test.each(['dev-key.json', 'encryption-key'])('a broken %s is named, with what to do', async (file) => {
  writeFileSync(path.join(dataDir, file), '{"kty"');
  const load = async () => (file === 'dev-key.json' ? loadSigningKey(dataDir) : loadEncryptionKey(dataDir));
  await expect(load()).rejects.toThrow(`${file} is no`);
});
