import {
  CREATED,
  EDITED,
  goneWith,
  lacks,
  NO_REGION,
  split,
  stagesMore,
  status,
  UNTITLED,
  USERS_EDITED,
  visibility,
  type Differences,
} from './differences.js';

// oxlint-disable-next-line typescript/no-explicit-any -- whatever the API answers is compared, field by field
type Json = any;

/** By ATS; the same as docs/kombo-and-native.md. */
export const DIFFERENCES: ReadonlyMap<string, Differences> = new Map<string, Differences>([
  [
    'greenhouse',
    {
      fields: [
        ...EDITED,
        USERS_EDITED,
        CREATED,
        UNTITLED,
        status('Greenhouse has no archived jobs: they are closed', 'closed', 'archived'),
        {
          list: 'jobs',
          field: 'visibility',
          why: 'derived from live posts, so always known',
          explains: (natively, throughKombo) => natively !== 'unknown' && throughKombo === 'unknown',
        },
      ],
    },
  ],
  [
    'teamtailor',
    {
      fields: [
        ...EDITED,
        CREATED,
        UNTITLED,
        ...split('users'),
        NO_REGION,
        visibility('public only while it is published, and always known'),
      ],
    },
  ],
  [
    'workable',
    {
      keyOf: { candidates: (candidate) => candidate.applications?.[0] ?? candidate.remoteId },
      fields: [
        lacks('jobs', 'remoteUpdatedAt'),
        UNTITLED,
        ...split('users'),
        visibility('public only while it is published, and always known'),
        ...(['remoteId', 'applications', 'remoteCreatedAt', 'remoteUpdatedAt'] as const).map((field) => ({
          list: 'candidates' as const,
          field,
          why: 'a person is one candidate for each job that they applied for',
          explains: () => true,
        })),
        {
          list: 'applications',
          field: 'candidateId',
          why: 'a person is one candidate for each job that they applied for',
          explains: (natively, _throughKombo, { ours }) => natively === ours.remoteId,
        },
        {
          list: 'applications',
          field: 'remoteUpdatedAt',
          why: 'an edit of the person counts too',
          explains: (natively, throughKombo) => natively > throughKombo,
        },
      ],
      missing: [
        goneWith('candidates', 'who applied for no job is not there', ({ applications }) => applications.length === 0),
        {
          list: 'candidates',
          from: 'kombo',
          why: 'a person is one candidate for each job that they applied for',
          explains: ({ applications }) => applications.length === 1,
        },
      ],
    },
  ],
  [
    'lever',
    {
      fields: [
        lacks('jobs', 'remoteUpdatedAt'),
        UNTITLED,
        ...split('users'),
        ...split('candidates'),
        NO_REGION,
        status('Lever has no archived postings: they are closed', 'closed', 'archived'),
        visibility('public only while it is published, and always known'),
        stagesMore('stages are the account’s: every job has them all'),
        ...(['remoteCreatedAt', 'remoteUpdatedAt'] as const).map((field) => ({
          list: 'candidates' as const,
          field,
          why: 'a contact has no times of its own',
          explains: (natively: Json) => natively === null,
        })),
        {
          list: 'candidates',
          field: 'applications',
          why: 'confidential opportunities are not read',
          explains: (natively, throughKombo) => natively.every((one: string) => throughKombo.includes(one)),
        },
        {
          list: 'applications',
          field: 'remoteUpdatedAt',
          why: 'null until an opportunity is touched',
          explains: (natively) => natively === null,
        },
      ],
      missing: [
        goneWith('applications', 'confidential opportunities are not read', () => true),
        goneWith('candidates', 'who has no opportunity, or confidential ones alone, is not there', () => true),
      ],
    },
  ],
  [
    'smartrecruiters',
    {
      keyOf: { applications: ({ candidateId, jobId }) => `${candidateId}:${jobId}` },
      fields: [
        lacks('jobs', 'remoteUpdatedAt'),
        USERS_EDITED,
        CREATED,
        UNTITLED,
        status('a job that is created and not yet advertised is open', 'open', 'draft'),
        status('cancelled jobs are closed', 'closed', 'archived'),
        visibility('public where it is posted publicly, and always known'),
        stagesMore('the main statuses are stages too'),
        {
          list: 'candidates',
          field: 'remoteUpdatedAt',
          why: 'an edit of an application counts too',
          explains: (natively, throughKombo) => throughKombo === null || natively > throughKombo,
        },
        {
          list: 'candidates',
          field: 'applications',
          why: 'an application has no id there: it is named by candidate and job',
          explains: (natively, throughKombo) => natively.length <= throughKombo.length,
        },
        {
          list: 'applications',
          field: 'remoteId',
          why: 'an application has no id there: it is named by candidate and job',
          explains: (natively, _throughKombo, { ours }) => natively === `${ours.candidateId}:${ours.jobId}`,
        },
        ...(['remoteCreatedAt', 'remoteUpdatedAt'] as const).map((field) => ({
          list: 'applications' as const,
          field,
          why: 'an application has no times of its own',
          explains: (natively: Json) => natively === null,
        })),
        ...(['stageId', 'stageName'] as const).map((field) => ({
          list: 'applications' as const,
          field,
          why: 'the main statuses are stages too',
          explains: (natively: Json) => natively === null || ['New', 'Lead', 'Hired', 'Rejected'].includes(natively),
        })),
      ],
    },
  ],
  [
    'ashby',
    {
      fields: [
        ...EDITED,
        USERS_EDITED,
        CREATED,
        UNTITLED,
        ...split('candidates'),
        visibility('public only while it is open, listed and not confidential'),
      ],
    },
  ],
  [
    'recruitee',
    {
      fields: [...EDITED, CREATED, UNTITLED, ...split('candidates'), visibility('public only while it is published')],
    },
  ],
]);
