import { header, type Exchange } from '../exchange.js';
import { Refusal, type Route, type Vendor } from '../vendor.js';
import { answerList } from './list.js';
import { LISTS } from './lists.js';
import { addNote } from './notes.js';
import { webhooksOf } from './webhooks.js';

/** Versions that clients send (2021 to 2024). */
const VERSIONS = new Set(['20210218', '20240404', '20240904']);

const versioned =
  (route: Route): Route =>
  (exchange: Exchange) => {
    const version = header(exchange, 'x-api-version');
    if (version === undefined || !VERSIONS.has(version))
      throw new Refusal(406, 'invalid_api_version', 'X-Api-Version is missing or not known');
    return route(exchange);
  };

/** Teamtailor's public API (documentation of 2021-02; partner documentation of 2026-06). */
export const teamtailor: Vendor = {
  slug: 'teamtailor',
  name: 'Teamtailor',
  connection: (account, url) => ({
    settings: { apiUrl: `${url}/v1` },
    credentials: { apiKey: account.apiKey, webhookSecret: account.webhookSecret },
  }),
  accountOf: ({ ats, ...exchange }) => {
    const key = /^Token token=(\S+)$/.exec(header(exchange, 'authorization') ?? '')?.[1];
    return ats.accountWith(({ apiKey }) => apiKey === key);
  },
  limits: [{ kind: 'fixed-window', most: 50, windowMs: 10_000 }],
  limitHeaders: ({ limit, remaining, endsMs, waitMs }, nowMs, isRefused) => ({
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(remaining),
    'x-rate-limit-reset': String(Math.max(0, Math.ceil((endsMs - nowMs) / 1_000))),
    ...(isRefused && { 'retry-after': String(Math.ceil(waitMs / 1_000)) }),
  }),
  refusal: ({ status, code, message }) => ({
    status: code === 'invalid_parameter' ? 400 : status,
    headers: { 'content-type': 'application/vnd.api+json; charset=utf-8' },
    body: { errors: [{ title: code, detail: message, code, status: String(status) }] },
  }),
  routes: {
    ...Object.fromEntries(
      LISTS.map((list): [string, Route] => [`GET /v1${list.path}`, versioned((exchange) => answerList(exchange, list))]),
    ),
    'POST /v1/notes': versioned(addNote),
  },
  webhooks: webhooksOf,
};
