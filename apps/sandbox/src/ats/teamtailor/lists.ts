import { sliceOf } from '../../live/slice.js';
import { sortedNumbers, type List } from './list.js';
import { applicationResource, candidateResource, humanStatusOf, isInternal, jobResource, userResource } from './resources.js';

const STATUSES = ['published', 'unlisted', 'archived', 'draft', 'scheduled', 'expired', 'all'] as const;

/** Teamtailor’s public API as far as a connector reads it (documentation of 2021-02; partner documentation of 2026-06). */
export const LISTS: readonly List[] = [
  {
    path: '/users',
    resource: 'user',
    of: userResource,
    includes: ['department'],
    numbers: ({ records }) => sliceOf(records, 'user', null, Number.POSITIVE_INFINITY).indexes,
  },
  {
    path: '/jobs',
    resource: 'job',
    of: jobResource,
    includes: ['locations', 'stages', 'user', 'team-memberships', 'team-memberships.user', 'department'],
    // Without them only what is published and public is there; edits are no filter that works (Airbyte’s connector, 2026).
    numbers: (account, query) => {
      const status = query.oneOf('filter[status]', STATUSES) ?? 'published';
      const feeds = new Set(query.parts('filter[feed]', 2) ?? ['public']);
      const matches = (index: number) =>
        feeds.has(isInternal(account, index) ? 'internal' : 'public') && (status === 'all' || humanStatusOf(account, index) === status);
      query.text('filter[updated-at][from]');
      return sliceOf(account.records, 'job', null, Number.POSITIVE_INFINITY, { matches }).indexes;
    },
  },
  {
    path: '/candidates',
    resource: 'candidate',
    of: candidateResource,
    includes: ['job-applications', 'department'],
    numbers: (account, query) => sortedNumbers(account, 'candidate', query),
  },
  {
    path: '/job-applications',
    resource: 'application',
    of: applicationResource,
    includes: ['candidate', 'job', 'stage', 'reject-reason'],
    numbers: (account, query) => sortedNumbers(account, 'application', query),
  },
];
