import { HttpService } from '@nestjs/axios';
import { createHttpClient, type Call, type SourceConnector, type HttpAnswer } from '#libs/connectors';
import { grantFor, type Grant } from '#libs/consent';
import { RESOURCES, systemClock } from '#libs/model';
import { Api } from '../test/world/api.js';
import { makeAccount } from '../test/world/native-tenant.js';

const FOR_MS = 1_500;

/** How many candidates a second become records where the answers are there already, and how many JSON.parse alone makes of them. */
export async function mappedPerSecond(connector: SourceConnector, sandboxUrl: string): Promise<{ mapped: number; parsed: number }> {
  const call = await callTo(connector, sandboxUrl);
  const grant = grantToRead(connector);
  const answers: HttpAnswer[] = [];
  const recording: Call = {
    ...call,
    http: {
      send: async (request, judge) => {
        const answer = await call.http.send(request, judge);
        answers.push(answer);
        return answer;
      },
    },
  };
  const { records } = await connector.ports.read.candidate.page(recording, { grant });
  let at = 0;
  const [first] = answers;
  if (first === undefined) throw new Error(`${connector.manifest.slug} asked for nothing`);
  const replaying: Call = { ...call, http: { send: () => Promise.resolve(answers[at++ % answers.length] ?? first) } };
  const texts = answers.map(({ json }) => JSON.stringify(json));
  return {
    mapped: records.length * (await timesPerSecond(async () => void (await connector.ports.read.candidate.page(replaying, { grant })))),
    parsed: records.length * (await timesPerSecond(() => texts.forEach((text) => JSON.parse(text)))),
  };
}

async function timesPerSecond(work: () => unknown): Promise<number> {
  for (let warm = 0; warm < 20; warm++) await work();
  const startedMs = performance.now();
  let times = 0;
  while (performance.now() - startedMs < FOR_MS) {
    await work();
    times += 1;
  }
  return (times * 1000) / (performance.now() - startedMs);
}

async function callTo({ manifest }: SourceConnector, sandboxUrl: string): Promise<Call> {
  const isKombo = manifest.kind === 'unified';
  const control = new Api(`${sandboxUrl}/control/${manifest.slug}`, null);
  const made = isKombo
    ? (await control.post('/integrations', { candidates: 1_000 })).body
    : await makeAccount(control, { candidates: 1_000 });
  const settings = isKombo ? { komboIntegrationId: made.integrationId } : made.settings;
  const baseUrl = isKombo ? `${sandboxUrl}/kombo/v1` : settings.apiUrl;
  const http = createHttpClient({
    http: new HttpService(),
    baseUrl,
    allowedHosts: ['127.0.0.1'],
    signal: new AbortController().signal,
    admit: async (start) => start(),
    clock: systemClock,
  });
  return {
    settings,
    credentials: made.credentials ?? {},
    platformKey: isKombo ? 'kombo-sandbox-key' : null,
    accessToken: () => tokenFor(manifest, settings, made.credentials),
    http,
    signal: new AbortController().signal,
  };
}

async function tokenFor({ oauth }: SourceConnector['manifest'], settings: Record<string, string>, credentials: Record<string, string>) {
  const basic = Buffer.from(`${credentials['clientId']}:${credentials['clientSecret']}`).toString('base64');
  const response = await fetch(oauth?.tokenUrl(settings) ?? '', {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const answer: unknown = await response.json();
  return typeof answer === 'object' && answer !== null && 'access_token' in answer ? String(answer.access_token) : '';
}

function grantToRead({ manifest }: SourceConnector): Grant {
  const outcome = grantFor({
    tenantId: 'bench',
    decision: {
      open: true,
      read: RESOURCES,
      write: [],
      subProcessors: ['kombo'],
      reasons: [],
      refusal: null,
      documentVersion: '1',
      nextChangeAt: null,
    },
    epoch: '1',
    integration: { id: 'bench', type: manifest.kind === 'unified' ? 'kombo' : 'native' },
    purpose: 'sync',
    narrowing: { hiddenFields: {}, jobScope: null },
  });
  if (!outcome.granted) throw new Error(outcome.detail);
  return outcome.grant;
}
