import { jobFacts, type JobFacts } from '../../live/facts.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { hidden, hiddenUrl, type Account } from '../account.js';
import type { Row } from './list.js';

const DRAFTS = ['draft', 'pending', 'rejected'];
const WORKPLACES = ['onsite', 'remote', 'hybrid', 'unspecified'];

export const isConfidential = ({ visibility }: Pick<JobFacts, 'visibility'>): boolean => visibility === 'CONFIDENTIAL';

/** "internal" is what the user interface calls unlisted; who is on the internal job site alone is published all the same. */
function stateOf({ status, visibility }: JobFacts, index: number): string {
  if (status === 'CLOSED' || status === 'ARCHIVED') return 'closed';
  if (status === 'DRAFT') return DRAFTS[index % DRAFTS.length] ?? 'draft';
  if (status !== 'OPEN') return status;
  return visibility === 'UNLISTED' || visibility === 'CONFIDENTIAL' ? 'internal' : 'published';
}

/** They stay when the posting is closed. */
function channelsOf({ visibility }: JobFacts): readonly string[] {
  if (visibility === 'UNLISTED' || visibility === 'CONFIDENTIAL') return [];
  return visibility === 'INTERNAL' ? ['internal'] : ['internal', 'public'];
}

/** Every attribute of a posting (Lever Data API documentation, 2026: postings). */
export function postingRow(account: Account, index: number): Row {
  const facts = jobFacts(account.records, index);
  const id = remoteIdOf('job', index);
  const [owner = null, hiringManager = null] = facts.team.map((user) => remoteIdOf('user', user));
  return {
    id,
    text: facts.name ?? 'Untitled',
    createdAt: facts.createdMs,
    updatedAt: facts.updatedMs,
    user: owner,
    owner,
    hiringManager,
    followers: facts.team.map((user) => remoteIdOf('user', user)),
    confidentiality: isConfidential(facts) ? 'confidential' : 'non-confidential',
    categories: {
      team: hidden(account, facts.vacancy.department),
      department: hidden(account, facts.vacancy.department),
      location: facts.place?.city ?? null,
      allLocations: facts.place === null ? [] : [facts.place.city],
      commitment: hidden(account, 'Full-time'),
      level: hidden(account, 'Senior'),
    },
    country: facts.place?.country ?? null,
    state: stateOf(facts, index),
    distributionChannels: channelsOf(facts),
    workplaceType: WORKPLACES[index % WORKPLACES.length],
    tags: [hidden(account, 'urgent')],
    ...unwantedOf(account, index, facts),
  };
}

function unwantedOf(account: Account, index: number, { vacancy }: JobFacts): Row {
  const text = hidden(account, 'Call Anna, +46 8 123 45 67');
  return {
    content: { description: text, descriptionHtml: `<p>${text}</p>`, lists: [{ text, content: text }], closing: text, closingHtml: text },
    reqCode: hidden(account, `REQ-${index}`),
    requisitionCodes: [hidden(account, `REQ-${index}`)],
    salaryDescription: hidden(account, 'We pay what it takes'),
    salaryDescriptionHtml: hidden(account, '<p>We pay what it takes</p>'),
    salaryRange: { min: vacancy.salary, max: vacancy.salary + 8_000, currency: hidden(account, 'SEK'), interval: 'per-month-salary' },
    urls: {
      list: hiddenUrl(account, 'https://postings.example'),
      show: hiddenUrl(account, `https://postings.example/${index}`),
      apply: hiddenUrl(account, `https://postings.example/${index}/apply`),
    },
  };
}
