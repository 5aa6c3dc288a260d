import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateEnvironment } from '../../apps/gateway/src/config/validate.js';
import { createGateway } from '../../apps/gateway/src/gateway.js';
import { openApiOf } from '../../apps/gateway/src/http/openapi.js';

/** The document that `/openapi.json` serves, of a gateway on this (migrated) database that never listens. */
export async function openApiJson(appUrl: string): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ats-gateway-generate-'));
  await writeFile(join(dataDir, 'dev-jwks.json'), '{"keys":[]}');
  const app = await createGateway(
    validateEnvironment({
      NODE_ENV: 'development',
      DATABASE_URL: appUrl,
      DATA_DIR: dataDir,
      GATEWAY_ROLES: 'api',
      KOMBO_API_KEY: 'none',
      KOMBO_WEBHOOK_SECRET: 'none',
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'silent',
    }),
  );
  try {
    return `${JSON.stringify(openApiOf(app), null, 2)}\n`;
  } finally {
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
