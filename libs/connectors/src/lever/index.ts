import { NATIVE_SETTINGS, AUTH_URL_SETTING } from '../contract/native-settings.js';
import { defineConnector } from '../contract/connector.js';
import { NATIVE_CONDITIONS } from '../contract/native-conditions.js';
import { application } from './applications.js';
import { check } from './check.js';
import { PAGE_SIZE } from './client.js';
import { job } from './jobs.js';
import { RATES } from './rates.js';
import { candidate, user } from './readers.js';
import { results, RESULT_SETTINGS } from './results.js';
import { webhooks } from './webhooks.js';

/** The addresses of the sandbox are uncertain; `apiUrl` and `authUrl` set others (reference of 2026-08). */
const HOSTS = {
  production: { api: 'https://api.lever.co/v1', auth: 'https://auth.lever.co' },
  sandbox: { api: 'https://api.sandbox.lever.co/v1', auth: 'https://sandbox-lever.auth0.com' },
} as const;

const hostsOf = (environment: string | undefined) => HOSTS[environment === 'sandbox' ? 'sandbox' : 'production'];
const authOf = ({ authUrl, environment }: Readonly<Record<string, string>>): string => authUrl ?? hostsOf(environment).auth;

/**
 * Lever by its Data API v1: with a key of the customer's, or as a partner that customers let in. Confidential opportunities, feedback, resumes and
 * all other scopes are never asked for (Lever Data API documentation, 2026).
 */
export const lever = defineConnector({
  manifest: {
    slug: 'lever',
    name: 'Lever',
    kind: 'native',
    docsUrl: 'https://hire.lever.co/developer/documentation',
    apiUrl: ({ apiUrl, environment }) => apiUrl ?? hostsOf(environment).api,
    oauth: {
      grants: ['authorization-code'],
      tokenUrl: (settings) => `${authOf(settings)}/oauth/token`,
      authorizeUrl: (settings) => `${authOf(settings)}/authorize`,
      clientAuth: 'form',
      scopes: [
        'postings:read:admin',
        'stages:read:admin',
        'users:read:admin',
        'opportunities:read:admin',
        'notes:write:admin',
        'offline_access',
      ],
      extra: { authorize: { audience: 'https://api.lever.co/v1/' }, token: () => ({}) },
      defaultLifetimeMs: 3600_000,
    },
    settings: [
      {
        name: 'environment',
        label: 'Environment',
        help: 'production (the default) or sandbox.',
        required: false,
        pattern: /^(production|sandbox)$/,
      },
      {
        name: 'grant',
        label: 'Way in',
        help: 'api-key (a key of the customer’s, the default) or authorization-code (the customer lets our app in).',
        required: false,
        pattern: /^(api-key|authorization-code)$/,
      },
      ...RESULT_SETTINGS,
      ...NATIVE_SETTINGS,
      AUTH_URL_SETTING,
    ],
    credentials: [
      {
        name: 'apiKey',
        label: 'API key',
        help: 'For api-key: made by a Super Admin in Lever, with the right to read postings, stages, users and opportunities.',
        required: false,
        pattern: /^[\x21-\x39\x3b-\x7e]{1,400}$/,
      },
      {
        name: 'clientId',
        label: 'Client id',
        help: 'For authorization-code: of our app at Lever.',
        required: false,
        pattern: /^[\x21-\x7e]{1,200}$/,
      },
      { name: 'clientSecret', label: 'Client secret', help: 'Of the same app.', required: false, pattern: /^[\x21-\x7e]{1,400}$/ },
      {
        name: 'webhookSecret',
        label: 'Signature tokens of webhooks',
        help: 'The signature token of Lever’s webhook settings; with commas between them where there are several, at most 16.',
        required: false,
        pattern: /^[\x21-\x2b\x2d-\x7e]{8,200}(, ?[\x21-\x2b\x2d-\x7e]{8,200}){0,15}$/,
      },
    ],
    conditions: new Map(Object.entries(NATIVE_CONDITIONS)),
    noApplicationsHint:
      'Check that the API key (or our app) may read opportunities. Those of confidential postings are not read, whatever the key may do.',
    assumed: [
      '`posting_id` leaves archived applications out, so `archived_posting_id` is asked for too.',
      'A key without confidential data answers 403 to `confidentiality=all`; postings are then read without it.',
      '`/postings/deleted` may refuse spans over 30 days: the weekly full read then finds what is gone.',
      'A location’s text is a city unless it has a digit.',
    ],
    rates: RATES,
    pageSize: PAGE_SIZE,
  },
  ports: { check, webhooks, results, read: { user, job, candidate, application } },
});
