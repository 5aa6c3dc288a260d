import { NATIVE_SETTINGS } from '../contract/native-settings.js';
import { defineConnector } from '../contract/connector.js';
import { NATIVE_CONDITIONS } from '../contract/native-conditions.js';
import { check } from './check.js';
import { RATES } from './rates.js';
import { application, candidate, job, PAGE_SIZE, user } from './readers.js';
import { results } from './results.js';
import { webhooks } from './webhooks.js';

/**
 * Recruitee (Tellent Recruitee), by a personal API token of the customer's. Applications are the placements of candidates in offers. Sources:
 * `jdautomate/recruitee-mcp` (2025-09), schemas of `rawwar/tap-recruitee` (2023), `pier-digital/recruitee-ruby` (2021), docs.recruitee.com
 * (webhooks, 2025-06); no official reference of the API was at hand, so what they do not agree on is named where it is read.
 */
export const recruitee = defineConnector({
  manifest: {
    slug: 'recruitee',
    name: 'Recruitee',
    kind: 'native',
    docsUrl: 'https://docs.recruitee.com',
    apiUrl: ({ apiUrl, companyId }) => apiUrl ?? `https://api.recruitee.com/c/${companyId}`,
    oauth: null,
    settings: [
      {
        name: 'companyId',
        label: 'Company id',
        help: 'The number or subdomain of the company, as Recruitee shows it with its API tokens.',
        required: true,
        pattern: /^[A-Za-z0-9-]{1,64}$/,
      },
      ...NATIVE_SETTINGS,
    ],
    credentials: [
      {
        name: 'apiToken',
        label: 'API token',
        help: 'A personal API token of a user whose role sees all jobs, their candidates and the admins.',
        required: true,
        pattern: /^[\x21-\x7e]{8,500}$/,
      },
      {
        name: 'webhookSecret',
        label: 'Webhook secret',
        help: 'The secret that Recruitee shows with the webhook, under Settings → Webhooks.',
        required: false,
        pattern: /^[\x21-\x7e]{8,200}$/,
      },
    ],
    conditions: new Map(Object.entries(NATIVE_CONDITIONS)),
    noApplicationsHint: 'The API token acts for a user of Recruitee: check that this user’s role sees all jobs and their candidates.',
    assumed: [
      'No limit is published: five requests a second, ten at once, are ours (`requestLimit`).',
      '`/offers` without `scope` lists every state; `recruiter_id` and followers are ids of `/admins`.',
      'The order of `/candidates` does not change while it is read.',
      'The body of a note.',
      'The key under which a webhook names its event.',
    ],
    rates: RATES,
    pageSize: PAGE_SIZE,
  },
  ports: { check, webhooks, results, read: { user, job, candidate, application } },
});
