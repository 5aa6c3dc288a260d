import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import pg from 'pg';
import { startEmbeddedDatabase } from '#libs/embedded-database';
import { migrate } from '#libs/store';
import { Api } from '../test/world/api.js';
import { startServer, type Server } from './process.js';

export const WEBHOOK_SECRET = 'kombo-sim-secret';
const SCOPES = 'ats:read results:write platform:admin consent:write';

/** A database of its own for one figure. */
export interface BenchDatabase {
  readonly appUrl: string;
  /** As superuser, past row-level security: rows are made with it, and floors use it. */
  readonly adminUrl: string;
  readonly pool: pg.Pool;
}

/** Where figures are taken: a PostgreSQL that keeps what it says (fsync), and processes that a figure starts. */
export class Ground {
  private readonly servers: Server[] = [];
  private readonly pools: pg.Pool[] = [];
  private readonly encryptionKey = randomBytes(32).toString('base64');
  private names = 0;

  private constructor(
    private readonly folder: string,
    private readonly postgres: Awaited<ReturnType<typeof startEmbeddedDatabase>>,
    readonly token: string,
  ) {}

  static async create(): Promise<Ground> {
    const folder = await mkdtemp(path.join(tmpdir(), 'ats-gateway-bench-'));
    const [postgres, token] = await Promise.all([startEmbeddedDatabase({ dataDir: folder }), makeToken(folder)]);
    await migrate(postgres.ownerUrl);
    return new Ground(folder, postgres, token);
  }

  /** A migrated, empty database. */
  async database(): Promise<BenchDatabase> {
    const name = `bench_${++this.names}`;
    const server = new pg.Client({ connectionString: this.postgres.adminUrl });
    await server.connect();
    await server.query(`create database ${name} template gateway owner gateway_owner`);
    await server.end();
    const urlOf = (url: string) => url.replace(/\/\w+$/, `/${name}`);
    const pool = new pg.Pool({ connectionString: urlOf(this.postgres.adminUrl), max: 4 });
    this.pools.push(pool);
    return { appUrl: urlOf(this.postgres.appUrl), adminUrl: urlOf(this.postgres.adminUrl), pool };
  }

  async postgresVersion(): Promise<string> {
    const { pool } = await this.database();
    const { rows } = await pool.query<{ version: string }>('select version()');
    return rows[0]?.version ?? 'unknown';
  }

  sandbox(): Promise<Server> {
    return this.server('apps/sandbox/src/main.ts', { SANDBOX_PORT: '0' });
  }

  /** A gateway with all its checks, set as in production but for the limit on one caller. */
  gateway({ appUrl }: BenchDatabase, sandbox: Server, variables: Readonly<Record<string, string>> = {}): Promise<Server> {
    return this.server('apps/gateway/src/main.ts', { ...this.gatewayVariables(appUrl, sandbox.url), ...variables });
  }

  gatewayVariables(databaseUrl: string, sandboxUrl: string): Record<string, string> {
    return {
      NODE_ENV: 'test',
      PORT: '0',
      DATABASE_URL: databaseUrl,
      DATA_DIR: this.folder,
      KOMBO_API_URL: `${sandboxUrl}/kombo/v1`,
      KOMBO_API_KEY: 'kombo-sandbox-key',
      KOMBO_WEBHOOK_SECRET: WEBHOOK_SECRET,
      ENCRYPTION_KEY: this.encryptionKey,
      EGRESS_ALLOW_HOSTS: '127.0.0.1',
      RATE_LIMIT_PER_MINUTE: '1000000000',
      SYNC_TICK_SECONDS: '1',
    };
  }

  /** Starts a server from a file of this repository. */
  async server(file: string, variables: Readonly<Record<string, string>>): Promise<Server> {
    const logFile = path.join(this.folder, `${++this.names}-${path.basename(file)}.log`);
    const server = await startServer({ file, variables, logFile });
    this.servers.push(server);
    return server;
  }

  api = ({ url }: Server): Api => new Api(url, this.token);
  control = ({ url }: Server): Api => new Api(`${url}/control/kombo`, null);

  /** Ends what a figure started. */
  async clear(): Promise<void> {
    await Promise.all(this.servers.splice(0).map((server) => server.stop()));
    await Promise.all(this.pools.splice(0).map((pool) => pool.end()));
  }

  async close(): Promise<void> {
    await this.clear();
    await this.postgres.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Of a caller who may do everything at every tenant. The key to verify it is left in the folder. */
async function makeToken(folder: string): Promise<string> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'bench' };
  await writeFile(path.join(folder, 'dev-jwks.json'), JSON.stringify({ keys: [jwk] }));
  return new SignJWT({ scope: SCOPES })
    .setProtectedHeader({ alg: 'ES256', kid: 'bench' })
    .setIssuer('ats-gateway-development')
    .setAudience('ats-gateway')
    .setSubject('bench')
    .setIssuedAt()
    .setExpirationTime('12h')
    .sign(privateKey);
}
