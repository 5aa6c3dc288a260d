import { defineConnector } from '../contract/connector.js';
import { NATIVE_SETTINGS } from '../contract/native-settings.js';
import { check } from './check.js';
import { PAGE_SIZE } from './client.js';
import { CONDITIONS } from './conditions.js';
import { RATES } from './rates.js';
import { application, candidate, job, user } from './readers.js';
import { results, RESULT_SETTINGS } from './results.js';
import { webhooks } from './webhooks.js';

/** By region of the company (Teamtailor partner documentation, 2026-06-11). */
const HOSTS: ReadonlyMap<string | undefined, string> = new Map([
  ['na', 'https://api.na.teamtailor.com/v1'],
  ['au', 'https://api.au.teamtailor.com/v1'],
]);

/**
 * Teamtailor by its public API, with an Admin key of the customer's. Jobs and users cannot be read by their edits: each delta reads them all
 * (Teamtailor API documentation, 2021-02; Airbyte's connector, 2026, on jobs).
 */
export const teamtailor = defineConnector({
  manifest: {
    slug: 'teamtailor',
    name: 'Teamtailor',
    kind: 'native',
    docsUrl: 'https://docs.teamtailor.com',
    apiUrl: ({ apiUrl, region }) => apiUrl ?? HOSTS.get(region) ?? 'https://api.teamtailor.com/v1',
    oauth: null,
    settings: [
      {
        name: 'region',
        label: 'Region',
        help: 'Where the company’s data is: eu (the default), na or au.',
        required: false,
        pattern: /^(eu|na|au)$/,
      },
      {
        name: 'apiVersion',
        label: 'API version',
        help: 'Eight digits, as in Teamtailor’s documentation; 20240404 unless given.',
        required: false,
        pattern: /^20\d{6}$/,
      },
      ...RESULT_SETTINGS,
      ...NATIVE_SETTINGS,
    ],
    credentials: [
      {
        name: 'apiKey',
        label: 'API key',
        help: 'Of the scope Admin, to read and, for results, to write: Teamtailor, Settings → API keys.',
        required: true,
        pattern: /^[\x21-\x7e]{8,200}$/,
      },
      {
        name: 'webhookSecret',
        label: 'Webhook secret',
        help: 'The signature key that Teamtailor shows with its company webhooks.',
        required: false,
        pattern: /^[\x21-\x7e]{8,200}$/,
      },
    ],
    conditions: new Map(Object.entries(CONDITIONS)),
    noApplicationsHint: 'Check that the key is of the scope Admin: others see no candidates.',
    assumed: [
      '`fields[…]` and `sort=created-at` together with `filter[updated-at][from]`: working clients use them, no document names them.',
      '50 requests in 10 s: widely cited; the headers correct it.',
      'Jobs and users cannot be read by their edits.',
    ],
    rates: RATES,
    pageSize: PAGE_SIZE,
  },
  ports: { check, webhooks, results, read: { user, job, candidate, application } },
});
