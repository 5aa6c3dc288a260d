import { NATIVE_SETTINGS, AUTH_URL_SETTING } from '../contract/native-settings.js';
import { defineConnector } from '../contract/connector.js';
import { NATIVE_CONDITIONS } from '../contract/native-conditions.js';
import { check } from './check.js';
import { PAGE_SIZE } from './client.js';
import { RATES } from './rates.js';
import { application, candidate, job, user } from './readers.js';
import { results, RESULT_SETTINGS } from './results.js';
import { webhooks } from './webhooks.js';

const AUTH_URL = 'https://auth.greenhouse.io';

/**
 * Scopes of what is read and written, and no others: reading notes, scorecards, offers and demographic data is never asked for (Harvest v3 guide, 2026).
 */
const SCOPES = [
  ...['jobs', 'job_posts', 'offices', 'job_interview_stages', 'applications', 'application_stages', 'candidates', 'users', 'job_owners'],
  'job_hiring_managers',
]
  .map((name) => `harvest:${name}:list`)
  .concat('harvest:notes:create', 'harvest:candidates:update');

/**
 * Greenhouse by its Harvest API v3, the only one since 2026-08-31. Either way in works: a partner's client that customers let in, or a client
 * that the customer makes for us (Harvest v3 guides on authentication, 2026).
 */
export const greenhouse = defineConnector({
  manifest: {
    slug: 'greenhouse',
    name: 'Greenhouse',
    kind: 'native',
    docsUrl: 'https://harvestdocs.greenhouse.io',
    apiUrl: ({ apiUrl }) => apiUrl ?? 'https://harvest.greenhouse.io/v3',
    oauth: {
      grants: ['client-credentials', 'authorization-code'],
      tokenUrl: ({ authUrl }) => `${authUrl ?? AUTH_URL}/token`,
      authorizeUrl: ({ authUrl }) => `${authUrl ?? AUTH_URL}/authorize`,
      clientAuth: 'basic',
      scopes: SCOPES,
      extra: { authorize: {}, token: ({ userId }) => (userId === undefined ? {} : { sub: userId }) },
      defaultLifetimeMs: 3600_000,
    },
    settings: [
      {
        name: 'grant',
        label: 'Way in',
        help: 'client-credentials (a client of the customer’s, the default) or authorization-code (the customer lets our client in).',
        required: false,
        pattern: /^(client-credentials|authorization-code)$/,
      },
      {
        name: 'userId',
        label: 'Acting user',
        help: 'Number of the Site Admin that acts, for client-credentials; without it Greenhouse takes the client’s own service user.',
        required: false,
        pattern: /^\d{1,15}$/,
      },
      ...RESULT_SETTINGS,
      ...NATIVE_SETTINGS,
      AUTH_URL_SETTING,
    ],
    credentials: [
      {
        name: 'clientId',
        label: 'Client id',
        help: 'Of the Harvest v3 (OAuth) credential.',
        required: true,
        pattern: /^[\x21-\x7e]{1,200}$/,
      },
      { name: 'clientSecret', label: 'Client secret', help: 'Of the same credential.', required: true, pattern: /^[\x21-\x7e]{1,400}$/ },
      {
        name: 'webhookSecret',
        label: 'Webhook secret',
        help: 'As entered with the webhooks in Greenhouse’s Dev Center.',
        required: false,
        pattern: /^[\x20-\x7e]{8,200}$/,
      },
    ],
    conditions: new Map(Object.entries(NATIVE_CONDITIONS)),
    noApplicationsHint: 'Check that the acting user is a Site Admin and that the credential has the scopes of applications and candidates.',
    assumed: [
      'An office’s location is “City, Region, Country”: parts with digits are left out.',
      'The real limit stands in the headers; 75 requests in 30 s are the guide’s example (`requestLimit`).',
      'A deletion shows by a webhook and by absence from a full read alone.',
    ],
    rates: RATES,
    pageSize: PAGE_SIZE,
  },
  ports: { check, webhooks, results, read: { user, job, candidate, application } },
});
