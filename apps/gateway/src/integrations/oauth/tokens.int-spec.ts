import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpService } from '@nestjs/axios';
import type { Manifest } from '#libs/connectors';
import { Integration, Sealer, type IntegrationRow } from '#libs/store';
import { validateEnvironment } from '../../config/validate.js';
import { Bench, type Link } from '../../pipeline/bench.for-spec.js';
import { Source } from '../../pipeline/source.for-spec.js';
import { OAuthTokens } from './tokens.js';

const SECRET = 'client-secret-canary';
const KEY = randomBytes(32).toString('base64');

let bench: Bench;
let server: Server;
let tokenUrl: string;
let forms: URLSearchParams[];
let answer: (form: URLSearchParams) => { status: number; body: unknown };

/** Rotates its refresh token with every answer, as Greenhouse and Lever do. */
function rotating(form: URLSearchParams) {
  const n = forms.length;
  const isKnown = form.get('grant_type') !== 'refresh_token' || form.get('refresh_token') === `refresh-${n - 1}`;
  if (!isKnown) return { status: 400, body: { error: 'invalid_grant', error_description: SECRET } };
  return { status: 200, body: { access_token: `access-${n}`, refresh_token: `refresh-${n}`, token_type: 'Bearer', expires_in: 3600 } };
}

beforeAll(async () => {
  bench = await Bench.create();
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      forms.push(form);
      const { status, body: given } = answer(form);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(given));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
});
beforeEach(() => {
  forms = [];
  answer = rotating;
  bench.clock.set('2026-11-22T10:00:00Z');
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await bench.close();
});

const environment = () =>
  validateEnvironment({
    NODE_ENV: 'test',
    DATABASE_URL: bench.database.appUrl,
    KOMBO_API_KEY: 'none',
    KOMBO_WEBHOOK_SECRET: 'none',
    ENCRYPTION_KEY: KEY,
    EGRESS_ALLOW_HOSTS: '127.0.0.1',
  });

/** As of a process of its own: only the database is shared. */
const tokens = () => new OAuthTokens(new HttpService(), bench.store, new Sealer(KEY), environment(), bench.clock);

const manifest = (): Manifest => ({
  ...new Source().connector.manifest,
  oauth: {
    grants: ['client-credentials', 'authorization-code'],
    tokenUrl: () => tokenUrl,
    authorizeUrl: () => 'https://auth.test.example/authorize',
    clientAuth: 'form',
    scopes: ['jobs'],
    extra: { authorize: {}, token: () => ({}) },
    defaultLifetimeMs: 3600_000,
  },
});

async function client(settings: Record<string, string> = {}) {
  const link: Link = await bench.link();
  const row: IntegrationRow = await bench.store.inTenant(link.tenantId, (tx) =>
    tx.em.findOneOrFail(Integration, { tenantId: link.tenantId, id: link.integrationId }),
  );
  row.settings = settings;
  return { row, manifest: manifest(), credentials: { clientId: 'id', clientSecret: SECRET }, signal: new AbortController().signal };
}

test('twenty callers in two processes make one request, and get the same token', async () => {
  const ours = await client();
  const [one, two] = [tokens(), tokens()];
  const given = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : two).access(ours)));
  expect(new Set(given)).toEqual(new Set(['access-1']));
  expect(forms).toHaveLength(1);
  expect(Object.fromEntries(forms[0] ?? [])).toEqual({ grant_type: 'client_credentials', client_id: 'id', client_secret: SECRET });
});

test('a token is replaced before it ends, and a rotated refresh token is never used twice', async () => {
  const ours = await client({ grant: 'authorization-code' });
  await bench.store.inTenant(ours.row.tenantId, (tx) => tokens().redeem(tx, ours, 'the code', 'https://gateway.example/callback'));
  for (let hour = 1; hour <= 4; hour++) {
    bench.clock.advanceMs(3_550_000);
    const given = await Promise.all(Array.from({ length: 8 }, () => tokens().access(ours)));
    expect(new Set(given)).toEqual(new Set([`access-${hour + 1}`]));
  }
  expect(forms.map((form) => form.get('refresh_token'))).toEqual([null, 'refresh-1', 'refresh-2', 'refresh-3', 'refresh-4']);
});

test('tokens are sealed: neither is readable in the database', async () => {
  const ours = await client();
  await tokens().access(ours);
  const [kept] = await bench.rows<{ sealed: Buffer }>(
    { tenantId: ours.row.tenantId, integrationId: ours.row.id },
    'select sealed_tokens as sealed from oauth_token',
  );
  expect(Buffer.from(kept?.sealed ?? '').toString('latin1')).not.toMatch(/access-|refresh-/);
});

test('a refusal says that only the customer can help, in our own words', async () => {
  const ours = await client({ grant: 'authorization-code' });
  await bench.store.inTenant(ours.row.tenantId, (tx) => tokens().redeem(tx, ours, 'code', 'https://gateway.example/callback'));
  bench.clock.advanceMs(3_600_000);
  answer = () => ({ status: 400, body: { error: 'invalid_grant', error_description: SECRET } });
  const error: unknown = await tokens()
    .access(ours)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind: 'remote-auth-failed', context: { code: 'OAUTH_REFUSED' } });
  expect(JSON.stringify(error)).not.toContain(SECRET);
});

test('before the customer has let us in nothing is asked', async () => {
  const ours = await client({ grant: 'authorization-code' });
  await expect(tokens().access(ours)).rejects.toMatchObject({ kind: 'remote-auth-failed' });
  expect(forms).toEqual([]);
});

test.each([
  [503, {}, 'remote-unavailable'],
  [429, {}, 'remote-rate-limited'],
  [200, { token: 'elsewhere' }, 'remote-invalid-response'],
])('an answer %d %j passes, and keeps what there was', async (status, body, kind) => {
  const ours = await client({ grant: 'authorization-code' });
  await bench.store.inTenant(ours.row.tenantId, (tx) => tokens().redeem(tx, ours, 'code', 'https://gateway.example/callback'));
  bench.clock.advanceMs(3_600_000);
  answer = () => ({ status, body });
  await expect(tokens().access(ours)).rejects.toMatchObject({ kind });
  forms = [new URLSearchParams()];
  answer = rotating;
  expect(await tokens().access(ours)).toBe('access-2');
});
