import { bearer, type Exchange } from '../exchange.js';
import type { Account } from '../account.js';
import type { Route, Vendor } from '../vendor.js';
import { answerList } from './list.js';
import { LISTS } from './lists.js';
import { webhooksOf } from './webhooks.js';
import { WRITES } from './writes.js';

const HOUR_MS = 3_600_000;

/** Harvest v3 (harvestdocs.greenhouse.io, guides as of 2026-08; field registry of 2026-08). */
export const greenhouse: Vendor = {
  slug: 'greenhouse',
  name: 'Greenhouse',
  connection: (account, url) => ({
    settings: { apiUrl: `${url}/v3`, authUrl: url },
    credentials: { clientId: account.clientId, clientSecret: account.clientSecret, webhookSecret: account.webhookSecret },
  }),
  accountOf: ({ ats, ...exchange }) => {
    const token = bearer(exchange);
    return token === undefined ? undefined : ats.accountWith(({ tokens }: Account) => tokens.isGood(token));
  },
  limits: [{ kind: 'fixed-window', most: 75, windowMs: 30_000 }],
  limitHeaders: ({ limit, remaining, waitMs, endsMs }, _nowMs, isRefused) => ({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(Math.ceil(endsMs / 1_000)),
    ...(isRefused && { 'retry-after': String(Math.ceil(waitMs / 1_000)) }),
  }),
  refusal: ({ status, message }) => ({ status, body: { errors: [message] } }),
  routes: {
    ...Object.fromEntries(LISTS.map((list): [string, Route] => [`GET ${list.path}`, (exchange: Exchange) => answerList(exchange, list)])),
    ...WRITES,
  },
  oauth: {
    authorizePath: '/authorize',
    tokenPath: '/token',
    clientAuth: 'basic',
    grants: ['client_credentials', 'authorization_code'],
    expiry: 'expires_at',
    lifetimes: { codeMs: 60_000, accessMs: HOUR_MS, refreshMs: 24 * HOUR_MS },
  },
  webhooks: webhooksOf,
};
