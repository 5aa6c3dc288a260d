import { documentedVariables } from '../../gateway/src/config/documented.js';
import type { SeededTenant } from './demo.js';

const OF_DEVELOPMENT = [
  { name: 'SANDBOX_PORT', meaning: 'the port that the sandbox listens on (4010); 0 takes a free one' },
  { name: 'DEMO', meaning: 'false makes no demo tenants (true)' },
];

/** What `npm start -- --help` prints. */
export function startUsage(): string {
  const variables = [...OF_DEVELOPMENT, ...documentedVariables()].map(({ name, meaning }) => `  ${name.padEnd(24)}${meaning}`);
  return `Usage: npm start

Starts on this machine an embedded PostgreSQL, a sandbox that stands in for Kombo and the ATSs, and the gateway with demo tenants. Ctrl-C stops all of it;
the next start finds the data again. Everything is kept in DATA_DIR (.data): remove it to begin afresh.

What can be set, as environment variables; nothing has to be:
${variables.join('\n')}

With a DATABASE_URL of your own no database is started, and the schema is brought up to date as DATABASE_OWNER_URL.
`;
}

interface Summary {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly dataDir: string;
  /** Null where no token of ours opens anything. */
  readonly tokensFile: string | null;
  readonly tenants: readonly SeededTenant[];
}

/** What is where, and a line to paste. */
export function summaryOf({ url, sandboxUrl, dataDir, tokensFile, tenants }: Summary): string {
  const places = [
    ['API', url],
    ['Docs', `${url}/docs`],
    ['Sandbox', `${sandboxUrl} (its control API: apps/sandbox/README.md)`],
    ['Logs', `${dataDir}/logs`],
    ...(tokensFile === null ? [] : [['Tokens', tokensFile]]),
  ].map(([name = '', place = '']) => `  ${name.padEnd(10)}${place}`);
  return ['', 'Ready.', '', ...places, ...exampleLines(url, tokensFile, tenants), '', 'Ctrl-C stops everything.'].join('\n');
}

function exampleLines(url: string, tokensFile: string | null, tenants: readonly SeededTenant[]): string[] {
  if (tokensFile === null) return [];
  const readable = tenants.find(({ standing }) => standing.state === 'syncing' || standing.state === 'read');
  if (readable === undefined)
    return ['', 'The tenants there are:', '', `  ${curlLine(`${url}/platform/v1/tenants`, tokensFile, 'platform')}`];
  const { id, name } = readable.tenant;
  const refused = tenants.find(({ standing }) => standing.state === 'not-enabled')?.tenant;
  return [
    '',
    `Three candidates of ${name}:`,
    '',
    `  ${curlLine(`${url}/v1/tenants/${id}/candidates?limit=3`, tokensFile, 'reader')}`,
    ...nativeLines(tenants),
    ...switchLines(url, tokensFile, tenants),
    ...(refused === undefined
      ? []
      : ['', `The same for ${refused.name} (${refused.id}) is refused: that customer has not enabled the integration.`]),
  ];
}

/** Nothing past the routing knows which way was taken, so nothing else shows it. */
function nativeLines(tenants: readonly SeededTenant[]): string[] {
  return tenants.flatMap(({ tenant: { id, name, source } }) => {
    if (source.type === 'native')
      return ['', `The same for ${name} (${id}), which is connected natively to ${source.ats}, the others through Kombo.`];
    return source.type === 'partner' ? ['', `And for ${name} (${id}), whose ATS sends its records itself, on the partner API.`] : [];
  });
}

/** A switch from Kombo to the ATS's own connector: begun, looked at, cut over. */
function switchLines(url: string, tokensFile: string, tenants: readonly SeededTenant[]): string[] {
  return tenants.flatMap(({ tenant: { id, name }, besideId }) => {
    if (besideId === null) return [];
    const switches = `${url}/platform/v1/tenants/${id}/switches`;
    const begin = `${curlLine(switches, tokensFile, 'platform')} -H 'content-type: application/json' -d '{"toIntegrationId": "${besideId}"}'`;
    return [
      '',
      `${name} (${id}) can be switched from Kombo to its ATS's own connector, ids and all; the second line shows what differs, the third cuts over:`,
      '',
      `  SWITCH=$(${begin} | sed 's/^{"id":"\\([^"]*\\)".*/\\1/')`,
      `  ${curlLine(switches, tokensFile, 'platform', '/$SWITCH')}`,
      `  ${curlLine(switches, tokensFile, 'platform', '/$SWITCH/cutover')} -X POST`,
    ];
  });
}

/** For sh and its like, from any folder: the token is read out of its file. `rest`: of the address, with the shell's own variables. */
function curlLine(url: string, tokensFile: string, caller: string, rest = ''): string {
  const token = `$(sed -n 's/.*"${caller}": "\\([^"]*\\)".*/\\1/p' ${quoted(tokensFile)})`;
  return `curl -s -H "Authorization: Bearer ${token}" '${url}'${rest}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
