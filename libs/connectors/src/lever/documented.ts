import type { Resource } from '#libs/model';
import { taken, type Taken } from '../contract/dropped.js';

/** The keys that the mapper reads, per resource; `stages` of a job, `posting` and `stageName` of an application are what the readers join to an item. */
export const TAKEN: Readonly<Record<Resource, Taken>> = {
  user: taken({ id: null, name: null, email: null }),
  job: taken({
    ...{ id: null, text: null, state: null, distributionChannels: null, confidentiality: null, country: null, updatedAt: null },
    ...{ owner: null, hiringManager: null, user: null, followers: null },
    categories: { location: null },
    stages: { id: null, text: null },
  }),
  application: taken({ id: null, contact: null, posting: null, stage: null, stageName: null, createdAt: null, updatedAt: null }),
  candidate: taken({ contact: null, name: null, emails: null }),
};

/** What is known of a deleted record. */
export const TAKEN_OF_DELETED: Taken = taken({ id: null });

const OF_AN_OPPORTUNITY = [
  ...['headline', 'phones', 'confidentiality', 'location', 'links', 'lastInteractionAt', 'lastAdvancedAt', 'snoozedUntil', 'archived'],
  ...['archivedAt', 'archiveReason', 'stageChanges', 'owner', 'tags', 'sources', 'origin', 'sourcedBy', 'applications', 'resume'],
  ...['followers', 'urls', 'dataProtection', 'isAnonymized', 'deletedBy', 'deletedAt', 'opportunityLocation'],
];

/**
 * The documented keys that are left behind, should they come although `include=` does not name them: the only names that a count of dropped
 * fields may show. Lever Data API documentation, 2026.
 */
export const LEFT_BEHIND: Readonly<Record<Resource, ReadonlySet<string>>> = {
  user: new Set([
    ...['username', 'accessRole', 'createdAt', 'deactivatedAt', 'photo', 'externalDirectoryId', 'managerId', 'linkedContactIds'],
  ]),
  job: new Set([
    ...['createdAt', 'content', 'tags', 'reqCode', 'requisitionCodes', 'salaryDescription', 'salaryDescriptionHtml', 'salaryRange', 'urls'],
    ...['workplaceType', 'deletedBy', 'deletedAt'],
    ...['team', 'department', 'commitment', 'level', 'allLocations'].map((name) => `categories.${name}`),
  ]),
  application: new Set([...OF_AN_OPPORTUNITY, 'name', 'emails']),
  candidate: new Set([...OF_AN_OPPORTUNITY, 'id', 'stage', 'createdAt', 'updatedAt']),
};
