import { bearer } from '../exchange.js';
import type { Vendor } from '../vendor.js';
import { addComment } from './comments.js';
import {
  candidate,
  candidates,
  candidatesOfJob,
  job,
  jobs,
  members,
  membersOfJob,
  recruitersOfJob,
  stages,
  stagesOfOneJob,
} from './lists.js';
import { webhooksOf } from './webhooks.js';

/** Workable's SPI v3 (workable.readme.io, as production clients use it, 2026). */
export const workable: Vendor = {
  slug: 'workable',
  name: 'Workable',
  connection: (account, url) => ({
    settings: { subdomain: account.id, apiUrl: `${url}/spi/v3` },
    credentials: { accessToken: account.apiKey },
  }),
  accountOf: ({ ats, ...exchange }) => {
    const token = bearer(exchange);
    return ats.accountWith(({ apiKey }) => apiKey === token);
  },
  limits: [{ kind: 'fixed-window', most: 10, windowMs: 10_000 }],
  limitHeaders: ({ limit, remaining, endsMs, waitMs }, _nowMs, isRefused) => ({
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(remaining),
    'x-rate-limit-reset': String(Math.ceil(endsMs / 1_000)),
    ...(isRefused && { 'retry-after': String(Math.ceil(waitMs / 1_000)) }),
  }),
  refusal: ({ status, message, code }) =>
    code === 'invalid_parameter' ? { status, body: { validation_errors: { base: [message] } } } : { status, body: { error: message } },
  routes: {
    'GET /spi/v3/jobs': jobs,
    'GET /spi/v3/jobs/:shortcode': job,
    'GET /spi/v3/jobs/:shortcode/stages': stagesOfOneJob,
    'GET /spi/v3/jobs/:shortcode/members': membersOfJob,
    'GET /spi/v3/jobs/:shortcode/recruiters': recruitersOfJob,
    'GET /spi/v3/jobs/:shortcode/candidates': candidatesOfJob,
    'GET /spi/v3/stages': stages,
    'GET /spi/v3/members': members,
    'GET /spi/v3/candidates': candidates,
    'GET /spi/v3/candidates/:id': candidate,
    'POST /spi/v3/candidates/:id/comments': addComment,
  },
  webhooks: webhooksOf,
};
