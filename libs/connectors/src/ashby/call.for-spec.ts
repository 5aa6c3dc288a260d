import { grantFor, type Decision, type Grant, type Narrowing } from '#libs/consent';
import { RESOURCES, type Resource } from '#libs/model';
import type { Call } from '../contract/call.js';
import { clientTo, json, source, type Answer } from '../http/source.for-spec.js';

export const API_KEY = 'ashby-key-canary';

/** A call to a source on this machine. */
export function callTo(baseUrl: string): Call {
  return {
    settings: {},
    credentials: { apiKey: API_KEY },
    platformKey: null,
    accessToken: () => Promise.reject(new Error('this source has no OAuth')),
    http: clientTo(baseUrl).client,
    signal: new AbortController().signal,
  };
}

export interface Asked {
  readonly operation: string;
  readonly body: unknown;
}

/** Answers each operation as told, and notes what was asked. */
export async function ashbyWith(answers: Readonly<Record<string, readonly unknown[]>>) {
  const asked: Asked[] = [];
  const answer: Answer = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const operation = (request.url ?? '').replace('/v1/', '');
      const given = answers[operation] ?? [];
      const before = asked.filter((one) => one.operation === operation).length;
      asked.push({ operation, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
      json(200, given[Math.min(before, given.length - 1)] ?? { success: false, errors: ['unexpected'] })(request, response);
    });
  };
  return { ...(await source(answer)), asked };
}

/** A grant to sync by this connector: all resources or those given, without the fields that the customer hides. */
export function grantToRead(read: readonly Resource[] = RESOURCES, hiddenFields: Narrowing['hiddenFields'] = {}): Grant {
  const decision: Decision = {
    open: true,
    read,
    write: [],
    subProcessors: [],
    reasons: [],
    refusal: null,
    documentVersion: '1',
    nextChangeAt: null,
  };
  const outcome = grantFor({
    tenantId: 'tenant',
    decision,
    epoch: '1',
    integration: { id: 'integration', type: 'native' },
    purpose: 'sync',
    narrowing: { hiddenFields, jobScope: null },
  });
  if (!outcome.granted) throw new Error(outcome.detail);
  return outcome.grant;
}
