import { GatewayError } from '#libs/model';
import type { AllowedResult } from '#libs/allowlist';
import type { Call } from '../contract/call.js';
import { verdictOfStatus } from '../contract/native-verdict.js';
import { judgedOnce, requireResultGrant, type ResultChannel, type ResultTarget } from '../contract/results.js';

/** How an ATS that has built the integration itself is told of results: by its own assessment protocol. */
export const PROTOCOLS = ['greenhouse', 'ashby', 'workable'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export const isProtocol = (name: string | undefined): name is Protocol => PROTOCOLS.some((protocol) => protocol === name);

/** What is sent for the result of an order. */
interface Message {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body?: object;
  readonly authorization: string;
}

const basic = (user: string): string => `Basic ${Buffer.from(`${user}:`).toString('base64')}`;

const MESSAGES: Readonly<Record<Protocol, (call: Call, order: string, content: AllowedResult) => Message>> = {
  // No body: Greenhouse then asks for the test's status (grnhse/greenhouse-api-docs, 2026-01-20).
  greenhouse: (call, order) => ({
    method: 'PATCH',
    path: `integrations/testing_partners/take_home_tests/${encodeURIComponent(order)}`,
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
};

/** The same result again changes nothing: each names the order. */
export const protocolChannel = (protocol: Protocol): ResultChannel => ({
  name: `${protocol}-assessment`,
  inDoubt: 'repeat',
  replaces: true,
  async write(call, grant, target, { content }) {
    requireResultGrant(grant);
    const order = orderOf(target);
    const { authorization, ...message } = MESSAGES[protocol](call, order, content);
    const headers = { Authorization: authorization, Accept: 'application/json' };
    await call.http.send(
      { ...message, headers },
      judgedOnce((answer) => verdictOfStatus(answer, 'requests')),
    );
    return { channel: `${protocol}-assessment`, remoteId: order };
  },
});

function orderOf({ order }: ResultTarget): string {
  if (order === null) throw new GatewayError('unsupported', { detail: 'nobody ordered this result in the ATS' });
  return order;
}

function credentialOf({ credentials }: Call, name: string, what: string): string {
  const value = credentials[name];
  if (value === undefined) throw new GatewayError('config-invalid', { detail: `enter ${name} among the credentials: ${what}` });
  return value;
}

function ashbyUpdate(order: string, { completedAt, roleFit, matchPercent, scores, summary, reportUrl }: AllowedResult): object {
  const field = (identifier: string, label: string, type: string, value: string | number) => ({ identifier, label, type, value });
  return {
    assessment_id: order,
    timestamp: new Date(completedAt).getTime(),
    assessment_status: field('status', 'Status', 'string', 'Completed'),
    assessment_profile_url: field('results', 'Results', 'url', reportUrl),
    assessment_result: roleFit === null ? field('result', 'Result', 'string', 'Completed') : field('role_fit', 'Role fit', 'numeric_score', roleFit),
    metadata: [
      ...(matchPercent === null ? [] : [field('match', 'Match', 'numeric_score', matchPercent)]),
      ...scores.map(({ name, label, value }) => field(name, label, 'numeric_score', value)),
      ...(summary === null ? [] : [field('summary', 'Summary', 'string', summary)]),
    ],
  };
}

function workableResult({ roleFit, matchPercent, scores, summary, reportUrl }: AllowedResult): object {
  const details = Object.fromEntries([
    ...(matchPercent === null ? [] : [['Match', `${matchPercent} of 100`]]),
    ...scores.map(({ label, value, max }) => [label, `${value} of ${max}`]),
  ]);
  return {
    status: 'completed',
    results_url: reportUrl,
    assessment: { ...(roleFit === null ? {} : { score: String(roleFit) }), ...(summary === null ? {} : { summary }), details },
  };
}
