import { NATIVE_SETTINGS } from '../contract/native-settings.js';
import { defineConnector } from '../contract/connector.js';
import { NATIVE_CONDITIONS } from '../contract/native-conditions.js';
import { applicationsOf } from './applications.js';
import { check } from './check.js';
import { jobs } from './jobs.js';
import { candidateList, PAGE_SIZE, users } from './lists.js';
import { RATES } from './rates.js';
import { results, RESULT_SETTINGS } from './results.js';
import { webhooks } from './webhooks.js';

/**
 * SmartRecruiters, by a customer's API key. It also speaks OAuth 2.0, which is left out: the address of its token endpoint is uncertain, and a key
 * serves every customer. Applications are the assignments of candidates to jobs and have no times of their own. SmartRecruiters' Swagger, 2017;
 * catalogue of its specifications, 2025.
 */
export const smartrecruiters = defineConnector({
  manifest: {
    slug: 'smartrecruiters',
    name: 'SmartRecruiters',
    kind: 'native',
    docsUrl: 'https://developers.smartrecruiters.com',
    apiUrl: (settings) => settings['apiUrl'] ?? 'https://api.smartrecruiters.com',
    oauth: null,
    settings: [...RESULT_SETTINGS, ...NATIVE_SETTINGS],
    credentials: [
      {
        name: 'apiKey',
        label: 'API key',
        help: 'Made by an administrator in SmartRecruiters, with the right to read jobs, candidates, users and the configuration, and for results to write messages or properties of candidates.',
        required: true,
        pattern: /^[\x21-\x7e]{8,500}$/,
      },
      {
        name: 'webhookSecret',
        label: 'Webhook secret keys',
        help: 'The secret key of the webhook subscription; with commas between them where there are several, at most 16.',
        required: false,
        pattern: /^[\x21-\x2b\x2d-\x7e]{8,200}(, ?[\x21-\x2b\x2d-\x7e]{8,200}){0,15}$/,
      },
    ],
    conditions: new Map(Object.entries(NATIVE_CONDITIONS)),
    noApplicationsHint: 'The API key probably may not see candidates: have it made by an administrator who sees those of all jobs.',
    assumed: [
      'A move of an application moves the candidate’s `updatedOn`, by which deltas read.',
      'The detail of a job names its hiring process; without it a job has the main statuses alone.',
      'Secondary assignments carry a status; without it their applications have no stage.',
      'With whom a message is shared: the hiring team of the job.',
      'Advised client timeout: 128 s (`SOURCE_TIMEOUT_SECONDS`).',
    ],
    rates: RATES,
    pageSize: PAGE_SIZE,
  },
  ports: {
    check,
    webhooks,
    results,
    read: {
      user: users,
      job: jobs,
      application: candidateList({
        resource: 'application',
        fills: ['candidateId', 'jobId', 'stageId', 'stageName'],
        itemsOf: applicationsOf,
      }),
      candidate: candidateList({
        resource: 'candidate',
        fills: ['firstName', 'lastName', 'email', 'remoteCreatedAt', 'remoteUpdatedAt'],
        itemsOf: (candidate) => [candidate],
      }),
    },
  },
});
