import type { Call } from '../contract/call.js';
import { callWith } from '../http/call.for-spec.js';
import { json, source, type Answer } from '../http/source.for-spec.js';

export const API_KEY = 'ashby-key-canary';

/** A call to a source on this machine. */
export const callTo = (baseUrl: string): Call => callWith(baseUrl, { credentials: { apiKey: API_KEY } });

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

export { grantToRead } from '../acceptance/grants.js';
