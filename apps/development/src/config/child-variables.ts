import type { Settings } from './settings.js';

/** What the story has found out by the time that the gateway starts. */
export interface Surroundings {
  readonly databaseUrl: string;
  readonly encryptionKey: string;
  readonly gatewayPort: number;
  readonly sandboxUrl: string;
}

/** The gateway's environment: what somebody has set wins over what development fills in. */
export function gatewayVariables({ gateway, given }: Settings, found: Surroundings): Record<string, string> {
  return {
    KOMBO_API_URL: `${found.sandboxUrl}/kombo/v1`,
    KOMBO_API_KEY: gateway.KOMBO_API_KEY,
    KOMBO_WEBHOOK_SECRET: gateway.KOMBO_WEBHOOK_SECRET.join(','),
    EGRESS_ALLOW_HOSTS: gateway.EGRESS_ALLOW_HOSTS.join(','),
    ASSESSMENT_PACKAGES: gateway.ASSESSMENT_PACKAGES.join(','),
    RESULT_URL_HOSTS: gateway.RESULT_URL_HOSTS.join(','),
    ENCRYPTION_KEY: found.encryptionKey,
    DATABASE_URL: found.databaseUrl,
    ...given,
    DATA_DIR: gateway.DATA_DIR,
    PORT: String(found.gatewayPort),
  };
}

/** The sandbox's environment. It stays on this machine whatever HOST says: anybody could steer it. */
export function sandboxVariables({ given }: Settings, port: number): Record<string, string> {
  return { ...given, HOST: '127.0.0.1', SANDBOX_PORT: String(port) };
}
