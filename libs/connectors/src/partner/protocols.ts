import { GatewayError } from '#libs/model';
import type { AllowedResult } from '#libs/allowlist';
import type { Call, HttpAnswer } from '../contract/call.js';
import { verdictOfStatus } from '../contract/native-verdict.js';
import { isObject, own } from '../contract/raw-object.js';
import { isRefusedByStatus, judgedOnce, requireResultGrant, type ResultChannel, type ResultTarget } from '../contract/results.js';

/** How an ATS that has built the integration itself is told of results: by its own assessment protocol. */
export const PROTOCOLS = ['greenhouse', 'ashby', 'workable', 'teamtailor'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export const isProtocol = (name: string | undefined): name is Protocol => PROTOCOLS.some((protocol) => protocol === name);

/** What is sent for the result of an order. */
interface Message {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body?: object;
  readonly authorization: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const basic = (user: string): string => `Basic ${Buffer.from(`${user}:`).toString('base64')}`;

const MESSAGES: Readonly<Record<Protocol, (call: Call, order: string, content: AllowedResult) => Message>> = {
  // No body: Greenhouse then asks for the test's status (grnhse/greenhouse-api-docs, 2026-01-20).
  greenhouse: (call, order) => ({
    method: 'PATCH',
    path: `take_home_tests/${encodeURIComponent(order)}`,
    authorization: basic(credentialOf(call, 'assessmentKey', 'the partner key that Greenhouse was given')),
  }),
  // The result completes it, and then the address is required (Ashby OpenAPI, 2026-08).
  ashby: (call, order, content) => ({
    method: 'POST',
    path: 'assessment.update',
    body: ashbyUpdate(order, content),
    authorization: basic(credentialOf(call, 'ashbyApiKey', 'the customer’s Ashby key with candidatesWrite')),
  }),
  // (workable.readme.io, page "assessment providers", 2026.)
  workable: (call, order, content) => ({
    method: 'PUT',
    path: `assessments/${encodeURIComponent(order)}`,
    body: workableResult(content),
    authorization: `Bearer ${credentialOf(call, 'workableToken', 'the token that Workable gave with the integration')}`,
  }),
  // JSON:API (Teamtailor/tt-partner-docs, 2026-06-11).
  teamtailor: ({ platformKey }, order, content) => ({
    method: 'PUT',
    path: `partner-results/${encodeURIComponent(order)}`,
    body: { data: { type: 'partner-results', id: order, attributes: teamtailorResult(content) } },
    authorization: `Token ${platformKey ?? missing('set TEAMTAILOR_PARTNER_KEY: our key as Teamtailor’s partner')}`,
    headers: { 'X-Api-Version': '20180828', 'Content-Type': 'application/vnd.api+json' },
  }),
};

/** The same result again changes nothing: each names the order. */
export const protocolChannel = (protocol: Protocol): ResultChannel => ({
  name: `${protocol}-assessment`,
  inDoubt: 'repeat',
  replaces: true,
  async write(call, grant, target, { content }) {
    requireResultGrant(grant);
    const order = orderOf(target);
    const { authorization, headers, ...message } = MESSAGES[protocol](call, order, content);
    await call.http.send({ ...message, headers: { Authorization: authorization, Accept: 'application/json', ...headers } }, judge);
    return { channel: `${protocol}-assessment`, remoteId: order };
  },
});

/** Ashby's refusals come with status 200 too. */
const isRefused = (answer: HttpAnswer): boolean => isRefusedByStatus(answer) || saysNo(answer);
const saysNo = ({ json }: HttpAnswer): boolean => isObject(json) && own(json, 'success') === false;

const judge = judgedOnce((answer) => {
  if (answer.status < 300 && saysNo(answer)) return { outcome: 'failed', error: new GatewayError('invalid-request') };
  return verdictOfStatus(answer, 'requests');
}, isRefused);

function orderOf({ order }: ResultTarget): string {
  if (order === null) throw new GatewayError('unsupported', { detail: 'nobody ordered this result in the ATS' });
  return order;
}

function credentialOf({ credentials }: Call, name: string, what: string): string {
  const value = credentials[name];
  return value ?? missing(`enter ${name} among the credentials: ${what}`);
}

function missing(detail: string): never {
  throw new GatewayError('config-invalid', { detail });
}

function ashbyUpdate(order: string, { completedAt, roleFit, matchPercent, scores, summary, reportUrl }: AllowedResult): object {
  const field = (identifier: string, label: string, type: string, value: string | number) => ({ identifier, label, type, value });
  return {
    assessment_id: order,
    timestamp: new Date(completedAt).getTime(),
    assessment_status: field('status', 'Status', 'string', 'Completed'),
    assessment_profile_url: field('results', 'Results', 'url', reportUrl),
    assessment_result:
      roleFit === null ? field('result', 'Result', 'string', 'Completed') : field('role_fit', 'Role fit', 'numeric_score', roleFit),
    metadata: [
      ...(matchPercent === null ? [] : [field('match', 'Match', 'numeric_score', matchPercent)]),
      ...scores.map(({ name, label, value }) => field(name, label, 'numeric_score', value)),
      ...(summary === null ? [] : [field('summary', 'Summary', 'string', summary)]),
    ],
  };
}

const detailsOf = ({ matchPercent, scores }: AllowedResult): Readonly<Record<string, string>> => ({
  ...(matchPercent === null ? {} : { Match: `${matchPercent} of 100` }),
  ...Object.fromEntries(scores.map(({ label, value, max }): [string, string] => [label, `${value} of ${max}`])),
});

/** So much of a summary can be seen (Teamtailor/tt-partner-docs, 2026-06-11). */
const SUMMARY_SEEN = 150;

function teamtailorResult(content: AllowedResult): object {
  const { roleFit, summary, reportUrl } = content;
  return {
    status: 'completed',
    url: reportUrl,
    ...(summary === null ? {} : { summary: summary.slice(0, SUMMARY_SEEN) }),
    ...(roleFit === null ? {} : { assessment: { score: roleFit } }),
    details: detailsOf(content),
  };
}

function workableResult(content: AllowedResult): object {
  const { roleFit, summary, reportUrl } = content;
  return {
    status: 'completed',
    results_url: reportUrl,
    assessment: {
      ...(roleFit === null ? {} : { score: String(roleFit) }),
      ...(summary === null ? {} : { summary }),
      details: detailsOf(content),
    },
  };
}
