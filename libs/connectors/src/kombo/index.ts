import { defineConnector } from '../contract/connector.js';
import { check } from './check.js';
import { CONDITIONS } from './conditions.js';
import { links } from './links.js';
import { orders } from './orders.js';
import { RATES } from './rates.js';
import { createReader, PAGE_SIZE } from './reader.js';
import { results, RESULT_SETTINGS } from './results.js';
import { webhooks } from './webhooks.js';

/**
 * Kombo, the unified API: one connector for every ATS that Kombo speaks to. Alva's own API key, no credentials of the tenant's.
 * Kombo OpenAPI, 2026-05-02.
 */
export const kombo = defineConnector({
  manifest: {
    slug: 'kombo',
    name: 'Kombo',
    kind: 'unified',
    docsUrl: 'https://docs.kombo.dev',
    apiUrl: () => 'https://api.kombo.dev/v1',
    oauth: null,
    settings: [
      {
        name: 'komboIntegrationId',
        label: 'Kombo integration id',
        help: 'The tool and 24 characters, as in the Kombo dashboard: greenhouse:… Leave it empty to connect by link.',
        required: false,
        // A free tool name: Kombo adds tools without notice.
        pattern: /^[a-z0-9_-]{1,64}:[1-9A-HJ-NP-Za-km-z]{24}$/,
        isAccount: true,
      },
      ...RESULT_SETTINGS,
    ],
    credentials: [],
    conditions: new Map(Object.entries(CONDITIONS)),
    noApplicationsHint: 'In the Kombo dashboard, switch off “Only sync created applications”: it is on by default and hides the ATS’s own.',
    assumed: ['The quota of requests counts per API key, in windows of a minute.'],
    rates: RATES,
    pageSize: PAGE_SIZE,
  },
  ports: {
    check,
    webhooks,
    links,
    results,
    orders,
    read: {
      user: createReader({ resource: 'user', path: 'ats/users', fills: ['firstName', 'lastName', 'email'], byJob: false }),
      job: createReader({
        resource: 'job',
        path: 'ats/jobs',
        fills: ['name', 'status', 'visibility', 'location', 'remoteUpdatedAt', 'stages', 'hiringTeam'],
        byJob: false,
      }),
      application: createReader({
        resource: 'application',
        path: 'ats/applications',
        fills: ['candidateId', 'jobId', 'stageId', 'stageName', 'remoteCreatedAt', 'remoteUpdatedAt'],
        byJob: true,
      }),
      candidate: createReader({
        resource: 'candidate',
        path: 'ats/candidates',
        fills: ['firstName', 'lastName', 'email', 'remoteCreatedAt', 'remoteUpdatedAt'],
        byJob: true,
      }),
    },
  },
});
