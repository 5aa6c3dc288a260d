import { NATIVE_SETTINGS } from '../contract/native-settings.js';
import { defineConnector } from '../contract/connector.js';
import { NATIVE_CONDITIONS } from '../contract/native-conditions.js';
import { check } from './check.js';
import { PAGE_SIZE } from './client.js';
import { RATES } from './rates.js';
import { READERS } from './readers.js';
import { results, RESULT_SETTINGS } from './results.js';
import { webhooks } from './webhooks.js';

/**
 * Ashby. The customer's API key needs `jobsRead`, `interviewsRead`, `candidatesRead` and `organizationRead`; confidential jobs have a switch of
 * their own on the key. A key that lacks a right is refused rather than given an empty list, so that no applications at all say nothing.
 * Ashby OpenAPI, 2026-08; developers.ashbyhq.com, 2026.
 */
export const ashby = defineConnector({
  manifest: {
    slug: 'ashby',
    name: 'Ashby',
    kind: 'native',
    docsUrl: 'https://developers.ashbyhq.com',
    apiUrl: (settings) => settings['apiUrl'] ?? 'https://api.ashbyhq.com',
    oauth: null,
    settings: [...RESULT_SETTINGS, ...NATIVE_SETTINGS],
    credentials: [
      {
        name: 'apiKey',
        label: 'API key',
        help: 'Admin, Integrations, API keys, with the rights jobsRead, interviewsRead, candidatesRead and organizationRead, and candidatesWrite for results.',
        required: true,
        // No colon: in Basic it would end the user.
        pattern: /^[\x21-\x39\x3b-\x7e]{8,200}$/,
      },
      {
        name: 'webhookSecret',
        label: 'Webhook secret',
        help: 'The secret token of the webhooks in Ashby, the same for all of them. Without it, changes are found by polling alone.',
        required: false,
        pattern: /^[\x20-\x7e]{8,200}$/,
      },
    ],
    conditions: new Map(Object.entries(NATIVE_CONDITIONS)),
    noApplicationsHint: null,
    assumed: [
      '1,000 requests a minute: commonly cited; there are no headers.',
      'Codes of a wrong key and a missing permission; an unknown code fails the run as an invalid response.',
      'A completed assessment sent again is a second one.',
      'A changed posting or interview plan may be no edit of its job: the weekly full read shows it.',
      'Only the default interview plan’s stages are a job’s.',
    ],
    rates: RATES,
    pageSize: PAGE_SIZE,
  },
  ports: { check, webhooks, results, read: READERS },
});
