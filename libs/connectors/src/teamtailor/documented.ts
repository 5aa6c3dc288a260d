import type { Resource } from '#libs/model';
import { taken, type Taken } from '../contract/dropped.js';

/** JSON:API's own frame: names, addresses and linkage, which are read where they tie records together. */
const FRAME = { id: null, type: null, links: null, relationships: null } as const;

/** The keys that the mapper reads, per resource; what `include` brings is joined to the items before. */
export const TAKEN: Readonly<Record<Resource, Taken>> = {
  user: taken({ ...FRAME, attributes: { name: null, email: null } }),
  job: taken({
    ...FRAME,
    attributes: { title: null, status: null, 'human-status': null, internal: null, 'updated-at': null },
    locations: { ...FRAME, attributes: { city: null, country: null } },
    stages: { ...FRAME, attributes: { name: null, 'row-order': null } },
    team: { id: null },
  }),
  application: taken({
    ...FRAME,
    attributes: { 'created-at': null, 'updated-at': null },
    candidate: { id: null },
    job: { id: null },
    stage: { ...FRAME, attributes: { name: null } },
  }),
  candidate: taken({
    ...FRAME,
    attributes: { 'first-name': null, 'last-name': null, email: null, 'created-at': null, 'updated-at': null },
  }),
};

const attributes = (...names: readonly string[]): readonly string[] => names.map((name) => `attributes.${name}`);
const below = (part: string, ...names: readonly string[]): readonly string[] => names.map((name) => `${part}.attributes.${name}`);

/**
 * The documented keys that are left behind, should they come although `fields[…]` does not name them: the only names that a count of dropped
 * fields may show. Teamtailor API documentation, 2021-02; partner documentation, 2026-06-11.
 */
export const LEFT_BEHIND: Readonly<Record<Resource, ReadonlySet<string>>> = {
  user: new Set([
    ...attributes(
      'phone',
      'signature',
      'description',
      'picture',
      'login-email',
      'role',
      'external-id',
      'created-at',
      'updated-at',
      'title',
    ),
    ...attributes('facebook-profile', 'linkedin-profile', 'twitter-profile', 'instagram-profile', 'notification-settings', 'username'),
  ]),
  job: new Set([
    ...attributes('body', 'pitch', 'mailbox', 'min-salary', 'max-salary', 'salary-time-unit', 'currency', 'picture', 'tags', 'created-at'),
    ...attributes('remote-status', 'start-date', 'end-date', 'pinned', 'external-application-url', 'employment-type'),
    ...below('locations', 'address', 'name', 'headquarters', 'zip', 'lat', 'long', 'phone', 'email'),
    ...below('stages', 'stage-type', 'created-at', 'updated-at', 'active-job-applications-count', 'rejected-job-applications-count'),
  ]),
  application: new Set([
    ...attributes('cover-letter', 'referring-url', 'referring-site', 'changed-stage-at', 'rejected-at', 'sourced', 'match'),
    ...below('stage', 'stage-type', 'row-order', 'created-at', 'updated-at'),
    'candidate.attributes',
    'job.attributes',
  ]),
  candidate: new Set([
    ...attributes(
      'phone',
      'resume',
      'original-resume',
      'picture',
      'pitch',
      'linkedin-url',
      'linkedin-profile',
      'facebook-id',
      'facebook-profile',
    ),
    ...attributes(
      'referring-url',
      'referring-site',
      'referred',
      'tags',
      'unsubscribed',
      'consent-future-jobs-at',
      'connected',
      'internal',
      'sourced',
    ),
    ...attributes('resume-summary'),
  ]),
};
