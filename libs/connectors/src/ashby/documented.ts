import type { Resource } from '#libs/model';
import { taken, type Taken } from '../contract/dropped.js';

const PLACE = { addressLocality: null, addressRegion: null, addressCountry: null } as const;

/** The keys that are read, per resource; a job's `stages` and `isListed` are joined to it. */
export const TAKEN: Readonly<Record<Resource, Taken>> = {
  user: taken({ id: null, firstName: null, lastName: null, email: null, updatedAt: null }),
  job: taken({
    id: null,
    title: null,
    status: null,
    confidential: null,
    isListed: null,
    location: { address: { ...PLACE, postalAddress: PLACE } },
    updatedAt: null,
    defaultInterviewPlanId: null,
    stages: { id: null, title: null, orderInInterviewPlan: null },
    hiringTeam: { userId: null },
  }),
  candidate: taken({ id: null, name: null, primaryEmailAddress: { value: null }, createdAt: null, updatedAt: null }),
  application: taken({
    id: null,
    candidate: { id: null },
    job: { id: null },
    currentInterviewStage: { id: null, title: null },
    createdAt: null,
    updatedAt: null,
  }),
};

const below = (name: string, ...keys: string[]): string[] => keys.map((key) => `${name}.${key}`);
const STREET = ['streetAddress', 'postalCode'];

/**
 * The documented keys that are left behind, per resource: the only names that a count of dropped fields may show.
 * Ashby OpenAPI, 2026-08; the parts of an address that are not read: schema.org's `PostalAddress`, whose names Ashby uses.
 */
export const LEFT_BEHIND: Readonly<Record<Resource, ReadonlySet<string>>> = {
  user: new Set(['globalRole', 'isEnabled', 'managerId', 'customFields']),
  job: new Set([
    ...['employmentType', 'locationId', 'departmentId', 'interviewPlanIds', 'jobPostingIds', 'createdAt', 'openedAt', 'closedAt'],
    ...['compensation', 'customFields', 'author'],
    ...below('location', 'id', 'name', 'workplaceType', 'isRemote'),
    ...below('location.address', ...STREET),
    ...below('location.address.postalAddress', ...STREET),
    ...below('stages', 'type', 'interviewStageGroupId', 'interviewPlanId'),
    ...below('hiringTeam', 'email', 'firstName', 'lastName', 'role'),
  ]),
  candidate: new Set([
    ...['applicationIds', 'primaryPhoneNumber', 'phoneNumbers', 'socialLinks', 'customFields', 'resumeFileHandle', 'fileHandles'],
    ...['location', 'position', 'company', 'school', 'timezone', 'fraudStatus', 'source', 'tags'],
    ...below('primaryEmailAddress', 'type', 'isPrimary'),
  ]),
  application: new Set([
    ...['status', 'archivedAt', 'hiringTeam', 'customFields', 'archiveReason', 'submitterClientIp', 'submitterUserAgent', 'source'],
    ...below('candidate', 'name', 'primaryEmailAddress', 'primaryPhoneNumber'),
    ...below('job', 'title'),
    ...below('currentInterviewStage', 'type', 'orderInInterviewPlan', 'interviewPlanId'),
  ]),
};
