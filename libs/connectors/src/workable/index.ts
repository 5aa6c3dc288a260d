import { defineConnector } from '../contract/connector.js';
import { NATIVE_CONDITIONS } from '../contract/native-conditions.js';
import { NATIVE_SETTINGS } from '../contract/native-settings.js';
import { check } from './check.js';
import { PAGE_SIZE } from './client.js';
import { RATES } from './rates.js';
import { application, candidate, job, user } from './readers.js';
import { results, RESULT_SETTINGS } from './results.js';
import { webhooks } from './webhooks.js';

/**
 * Workable by its SPI v3, with an access token of the account's. A row of the candidates' list is a person and their one application: who applies
 * twice is two candidates. OAuth for partners exists; its addresses are in no document at hand, so it is not offered (Workable API
 * reference, 2026).
 */
export const workable = defineConnector({
  manifest: {
    slug: 'workable',
    name: 'Workable',
    kind: 'native',
    docsUrl: 'https://workable.readme.io',
    apiUrl: ({ apiUrl, subdomain }) => apiUrl ?? `https://${subdomain}.workable.com/spi/v3`,
    oauth: null,
    settings: [
      {
        name: 'subdomain',
        label: 'Subdomain',
        help: 'Of the account: the first part of https://….workable.com.',
        required: true,
        pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      },
      ...RESULT_SETTINGS,
      ...NATIVE_SETTINGS,
    ],
    credentials: [
      {
        name: 'accessToken',
        label: 'API access token',
        help: 'With the scopes r_jobs, r_candidates and, for results, w_candidates: Workable, Settings → Integrations → Apps. It signs the webhooks too.',
        required: true,
        pattern: /^[\x21-\x7e]{8,400}$/,
      },
    ],
    conditions: new Map(Object.entries(NATIVE_CONDITIONS)),
    noApplicationsHint: 'Check that the token has the scope r_candidates.',
    assumed: [
      '`stage` of a row is the stage’s name; where it is none of the account’s or the job’s, the application has no stage id.',
      '`GET /jobs` is read state by state, as its default is not written.',
      'What `X-Rate-Limit-Reset` counts is not written, so the headers are not used.',
      'A comment needs no `policy`: who sees the candidate sees it.',
      'Signatures are keyed with the token that subscribed.',
    ],
    rates: RATES,
    pageSize: PAGE_SIZE,
  },
  ports: { check, webhooks, results, read: { user, job, candidate, application } },
});
