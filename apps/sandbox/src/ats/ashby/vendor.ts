import { createHmac } from 'node:crypto';
import type { Account } from '../account.js';
import { basicUser } from '../exchange.js';
import type { Delivery, Happening, Vendor } from '../vendor.js';
import { ROUTES } from './calls.js';
import { applicationRow, candidateRow, jobRow } from './rows.js';

const TYPES: Readonly<Record<string, string>> = {
  'application created': 'applicationSubmit',
  'application updated': 'applicationUpdate',
  'application moved': 'candidateStageChange',
  'candidate deleted': 'candidateDelete',
  'job created': 'jobCreate',
  'job updated': 'jobUpdate',
};

/** `data` is what the lists give, contact data too; signed over the raw body (OpenAPI of 2026-08). */
function webhooksOf(account: Account, { resource, index, what }: Happening, secret: string): readonly Delivery[] {
  const type = TYPES[`${resource} ${what}`];
  if (type === undefined) return [];
  const body = JSON.stringify({ action: type, data: dataOf(account, resource, index) });
  return [{ type, body, headers: { 'ashby-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` } }];
}

function dataOf(account: Account, resource: Happening['resource'], index: number): object {
  if (resource === 'application') return { application: applicationRow(account, index) };
  return resource === 'job' ? { job: jobRow(account, index, true) } : { candidate: candidateRow(account, index) };
}

/** Ashby: RPC by POST, refusals with status 200 (OpenAPI of 2026-08; changelog of 2026-05-14). 1,000 a minute is commonly cited. */
export const ashby: Vendor = {
  slug: 'ashby',
  name: 'Ashby',
  connection: (account, url) => ({
    settings: { apiUrl: url },
    credentials: { apiKey: account.apiKey, webhookSecret: account.webhookSecret },
  }),
  accountOf: ({ ats, ...exchange }) => {
    const key = basicUser(exchange);
    return ats.accountWith(({ apiKey }) => apiKey === key);
  },
  limits: [{ kind: 'fixed-window', most: 1_000, windowMs: 60_000 }],
  limitHeaders: ({ waitMs }, _nowMs, isRefused) => (isRefused ? { 'retry-after': String(Math.ceil(waitMs / 1_000)) } : {}),
  refusal: ({ status, code, message }) => ({
    status: code === 'invalid_parameter' ? 200 : status,
    body: { success: false, errors: [code], errorInfo: { code, message, requestId: 'r-1', meta: {} } },
  }),
  routes: ROUTES,
  webhooks: webhooksOf,
};
