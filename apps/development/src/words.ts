import type { SeededTenant } from './demo.js';

export const START_USAGE = `npm start

Starts on this machine: an embedded PostgreSQL, a sandbox that stands in for Kombo, and the gateway with demo tenants. Ctrl-C stops them.
What can be set, as environment variables:
  PORT          where the gateway listens (3000; 0 takes a free one)
  SANDBOX_PORT  where the sandbox listens (4010; 0 takes a free one)
  HOST          the address of both (127.0.0.1)
  DATA_DIR      where the database, keys, tokens and logs are (.data); remove it to start afresh
  DATABASE_URL  a PostgreSQL of your own in place of the embedded one, as the application's login;
                DATABASE_OWNER_URL is then the login that owns the tables
  DEMO          false: no demo tenants
  LOG_LEVEL     of the gateway's log in DATA_DIR/logs (info)
Every other variable of docs/generated/config.md goes on to the gateway.
`;

interface Summary {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly tokensFile: string;
  readonly dataDir: string;
  readonly tenants: readonly SeededTenant[];
}

/** What is where, and a line to paste. */
export function summaryOf({ url, sandboxUrl, tokensFile, dataDir, tenants }: Summary): string {
  const readable = tenants.find(({ enabled }) => enabled);
  const refused = tenants.find(({ enabled }) => !enabled);
  return [
    '',
    `  API      ${url}`,
    `  docs     ${url}/docs`,
    `  sandbox  ${sandboxUrl}`,
    `  tokens   ${tokensFile}`,
    `  logs     ${dataDir}/logs`,
    ...(readable === undefined ? [] : ['', `Candidates of ${readable.name}:`, '', `  ${curlLine(url, tokensFile, readable.id)}`]),
    ...(refused === undefined
      ? []
      : ['', `${refused.name} (${refused.id}) has signed but not enabled the integration: the same call is refused.`]),
    '',
    'Ctrl-C stops everything.',
  ].join('\n');
}

/** For any shell, from any folder: the token is read out of its file. */
function curlLine(url: string, tokensFile: string, tenantId: string): string {
  const token = `$(sed -n 's/.*"reader": "\\([^"]*\\)".*/\\1/p' '${tokensFile}')`;
  return `curl -s -H "Authorization: Bearer ${token}" '${url}/v1/tenants/${tenantId}/candidates?limit=3'`;
}
