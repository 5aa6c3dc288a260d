import { header, type Exchange } from '../exchange.js';
import { Refusal, type Route, type Vendor } from '../vendor.js';
import { answerList } from './list.js';
import { LISTS } from './lists.js';
import { answerJob, answerProcess, answerTeam } from './parts.js';
import { webhooksOf } from './webhooks.js';
import { WRITES } from './writes.js';

const ROUTES: Readonly<Record<string, Route>> = {
  ...Object.fromEntries(
    Object.entries(LISTS).map(([path, list]): [string, Route] => [`GET ${path}`, (exchange: Exchange) => answerList(exchange, list)]),
  ),
  'GET /jobs/:id': answerJob,
  'GET /jobs/:id/hiring-team': answerTeam,
  'GET /configuration/hiring-processes/:id': answerProcess,
  ...WRITES,
};

/** Only an administrator's key reads what is the whole company's. */
const guarded =
  (route: Route): Route =>
  (exchange) => {
    if (exchange.account.behaviour.rights !== 'admin') throw new Refusal(403, 'forbidden', 'The key does not give access to this');
    return route(exchange);
  };

/** Customer API of SmartRecruiters (developers.smartrecruiters.com, guides and specifications of 2025/26). */
export const smartrecruiters: Vendor = {
  slug: 'smartrecruiters',
  name: 'SmartRecruiters',
  connection: (account, url) => ({
    settings: { apiUrl: url },
    credentials: { apiKey: account.apiKey, webhookSecret: account.webhookSecret },
  }),
  accountOf: ({ ats, ...exchange }) => {
    const key = header(exchange, 'x-smarttoken');
    return ats.accountWith(({ apiKey }) => apiKey === key);
  },
  limits: [
    { kind: 'token-bucket', most: 10, perSecond: 10 },
    { kind: 'concurrency', most: 8 },
    { kind: 'concurrency', most: 1, path: /^\/candidates$/ },
  ],
  limitHeaders: ({ limit, remaining, waitMs, slots }, _nowMs, isRefused) => ({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    ...(slots && {
      'x-ratelimit-concurrent-limit': String(slots.limit),
      'x-ratelimit-concurrent-remaining': String(slots.remaining),
    }),
    ...(isRefused && { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1_000))) }),
  }),
  refusal: ({ status, code, message }) => ({
    status: code === 'invalid_parameter' ? 400 : status,
    body: { message, errors: [{ code: code.toUpperCase(), message }] },
  }),
  routes: Object.fromEntries(Object.entries(ROUTES).map(([name, route]) => [name, guarded(route)])),
  webhooks: webhooksOf,
};
