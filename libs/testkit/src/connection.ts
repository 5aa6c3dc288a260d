/**
 * How test files find the server that the global setup started: workers inherit the environment, and nothing else reaches
 * all of them. The only place of the test kit that touches the environment.
 */
const VARIABLE = 'TESTKIT_DATABASE';

export interface TestServer {
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
}

export function publishServer({ adminUrl, ownerUrl, appUrl }: TestServer): void {
  process.env[VARIABLE] = JSON.stringify({ adminUrl, ownerUrl, appUrl });
}

export function publishedServer(): TestServer {
  const published: unknown = JSON.parse(process.env[VARIABLE] ?? 'null');
  if (isTestServer(published)) return published;
  throw new Error('no database was started: only .int-spec, .e2e-spec and .rules-spec files have one');
}

function isTestServer(value: unknown): value is TestServer {
  return typeof value === 'object' && value !== null && 'adminUrl' in value && 'ownerUrl' in value && 'appUrl' in value;
}

/** The same login, for another database of the server. */
export function urlOfDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
