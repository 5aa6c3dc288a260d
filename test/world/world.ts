import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { systemClock, type Clock } from '#libs/model';
import { createDatabase, type TestDatabase } from '#libs/testkit';
import { validateEnvironment } from '../../apps/gateway/src/config/validate.js';
import { createGateway, startGateway } from '../../apps/gateway/src/gateway.js';
import { startSandbox, type Sandbox } from '../../apps/sandbox/src/sandbox.js';
import { Api } from './api.js';

export const ALL_SCOPES = ['ats:read', 'results:write', 'platform:admin', 'consent:write', 'compliance:read'];

interface TokenClaims {
  readonly scopes?: readonly string[];
  readonly tenants?: readonly string[];
  readonly subject?: string;
  readonly expiresIn?: string;
}

/** A whole system on this machine: a database of its own, the sandbox, and gateways that a test starts. */
export class World {
  private readonly gateways: NestFastifyApplication[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly sandbox: Sandbox,
    private readonly dataDir: string,
    private readonly key: CryptoKey,
    private readonly encryptionKey: string,
    readonly clock: Clock,
  ) {}

  static async create(clock: Clock = systemClock, ownDatabase?: TestDatabase): Promise<World> {
    const [database, sandbox, dataDir, keys] = await Promise.all([
      ownDatabase ?? createDatabase(),
      startSandbox({ host: '127.0.0.1', port: 0 }),
      mkdtemp(join(tmpdir(), 'ats-gateway-world-')),
      generateKeyPair('ES256', { extractable: true }),
    ]);
    const jwk = { ...(await exportJWK(keys.publicKey)), alg: 'ES256', kid: 'test' };
    await writeFile(join(dataDir, 'dev-jwks.json'), JSON.stringify({ keys: [jwk] }));
    return new World(database, sandbox, dataDir, keys.privateKey, randomBytes(32).toString('base64'), clock);
  }

  /** The variables of a gateway process in this world. */
  variables(overrides: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      NODE_ENV: 'test',
      PORT: '0',
      DATABASE_URL: this.database.appUrl,
      DATA_DIR: this.dataDir,
      KOMBO_API_URL: `${this.sandbox.url}/kombo/v1`,
      KOMBO_API_KEY: 'kombo-sandbox-key',
      KOMBO_WEBHOOK_SECRET: 'kombo-sim-secret',
      ENCRYPTION_KEY: this.encryptionKey,
      EGRESS_ALLOW_HOSTS: '127.0.0.1',
      RESULT_URL_HOSTS: 'reports.alva.example',
      TEAMTAILOR_PARTNER_KEY: 'teamtailor-sandbox-partner-api-key-1',
      TEAMTAILOR_WEBHOOK_SECRET: 'teamtailor-sandbox-webhook-secret-1',
      ASSESSMENT_START_URL: 'https://start.alva.example/{orderId}',
      ASSESSMENT_PACKAGES: 'logic=Logic test,role-fit=Role fit',
      SYNC_TICK_SECONDS: '1',
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      ...overrides,
    };
  }

  /** Starts a gateway in this process and returns its API. */
  async gateway(overrides: Readonly<Record<string, string>> = {}): Promise<Api> {
    const app = await createGateway(validateEnvironment(this.variables(overrides)), this.clock);
    this.gateways.push(app);
    const url = await startGateway(app);
    return new Api(url, await this.token());
  }

  /** A caller's token; every scope and every tenant unless told otherwise. */
  token({ scopes = ALL_SCOPES, tenants, subject = 'test', expiresIn = '1h' }: TokenClaims = {}): Promise<string> {
    return new SignJWT({ scope: scopes.join(' '), ...(tenants === undefined ? {} : { tenants }) })
      .setProtectedHeader({ alg: 'ES256', kid: 'test' })
      .setIssuer('ats-gateway-development')
      .setAudience('ats-gateway')
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime(expiresIn)
      .sign(this.key);
  }

  /** The control API of the sandbox's Kombo. */
  get control(): Api {
    return this.controlOf('kombo');
  }

  /** The control API of one of the sandbox's stand-ins. */
  controlOf(standIn: string): Api {
    return new Api(`${this.sandbox.url}/control/${standIn}`, null);
  }

  async stopGateways(): Promise<void> {
    await Promise.all(this.gateways.splice(0).map((app) => app.close()));
  }

  async close(): Promise<void> {
    await this.stopGateways();
    await this.sandbox.close();
    await this.database.drop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
