import { applicationFacts, jobFacts, SEED_ENDS_MS, userFacts } from '../../live/facts.js';
import { applicationsOf, candidateOf, jobOf } from '../../live/links.js';
import type { Records } from '../../live/records.js';
import { indexOfRemoteId, remoteIdOf } from '../../live/remote-ids.js';
import { sliceOf } from '../../live/slice.js';
import type { Account } from '../account.js';
import type { Exchange } from '../exchange.js';
import { boundsIn, confidentialityIn, isWithin, visibilityIn, type Found, type Kind, type Row, type Walk } from './list.js';
import { applicationRow, contactRow, opportunityRow, updatedAtOf } from './opportunity-rows.js';
import { isConfidential } from './posting-rows.js';
import { stagesOfAccount } from './stages.js';
import { userRow } from './user-rows.js';

type Test = (index: number) => boolean;

const ownersOf = (account: Account, index: number): readonly Row[] => {
  const { job } = applicationFacts(account.records, index);
  return job === null ? [] : jobFacts(account.records, job).team.map((user) => userRow(account, user));
};

export const OPPORTUNITY: Kind = {
  row: opportunityRow,
  expandable: {
    applications: (account, index) => [applicationRow(account, index)],
    contact: (account, index) => contactRow(account, applicationFacts(account.records, index).candidate),
    stage: (account, index) => stagesOfAccount(account).find(({ id }) => id === opportunityRow(account, index)['stage']) ?? null,
    owner: (account, index) => ownersOf(account, index)[0] ?? null,
    followers: ownersOf,
    sourcedBy: () => null,
  },
};

export const DELETED_OPPORTUNITY: Kind = {
  row: (account, index) => {
    const deletedAt = account.records.tables.application.live(index).atMs;
    return { ...opportunityRow(account, index), deletedAt, deletedBy: remoteIdOf('user', 0) };
  },
};

export const isOpportunity = ({ records }: Account, index: number): boolean => applicationFacts(records, index).job !== null;

export function opportunitiesOf(exchange: Exchange): Walk {
  const { account } = exchange;
  const bounds = boundsIn(exchange, 'updated_at');
  const tests: readonly Test[] = [
    ...postingTests(exchange),
    ...contactTests(exchange),
    ...rowTests(exchange),
    confidentialityTest(exchange, confidentialityIn(exchange)),
    (index) => isWithin(updatedAtOf(account, index), bounds),
  ];
  const matches: Test = (index) => tests.every((test) => test(index));
  return (from, limit) =>
    (bounds.sinceMs ?? 0) >= SEED_ENDS_MS
      ? among(changedOpportunities(account.records), account.records, matches, from, limit)
      : sliceOf(account.records, 'application', from, limit, { matches });
}

/** What was edited itself, and what belongs to a person who was: Lever counts both. */
function changedOpportunities(records: Records): readonly number[] {
  const { application, candidate } = records.tables;
  const keys = [application.changedLive(), candidate.changedLive()] as const;
  const known = CHANGED.get(records);
  if (known?.keys[0] === keys[0] && known.keys[1] === keys[1]) return known.indexes;
  const all = new Set([...keys[0], ...keys[1].flatMap((person) => applicationsOf(records, person))]);
  const indexes = [...all].sort((a, b) => a - b);
  CHANGED.set(records, { keys, indexes });
  return indexes;
}

interface Changed {
  readonly keys: readonly [readonly number[], readonly number[]];
  readonly indexes: readonly number[];
}

/** Of what changed alone, so that a page does not sort it all again. */
const CHANGED = new WeakMap<Records, Changed>();

function among(indexes: readonly number[], { tables }: Records, matches: Test, from: number, limit: number): Found {
  const found: number[] = [];
  for (const index of indexes) {
    if (index < from || tables.application.live(index).isDeleted || !matches(index)) continue;
    if (found.length === limit) return { indexes: found, next: index };
    found.push(index);
  }
  return { indexes: found, next: null };
}

function confidentialityTest({ account: { records } }: Exchange, isAllowed: (isConfidential: boolean) => boolean): Test {
  return (index) => {
    const { job } = applicationFacts(records, index);
    return job !== null && isAllowed(isConfidential(jobFacts(records, job)));
  };
}

/** Applications that were archived have a filter of their own (Lever Data API documentation, 2026: list all opportunities). */
function postingTests({ account: { records }, query }: Exchange): Test[] {
  const testOf = (name: string, isArchived: boolean): Test[] => {
    const given = query.texts(name);
    const jobs = new Set<number | null>(given.flatMap((id) => indexOfRemoteId('job', id) ?? []));
    if (given.length === 0) return [];
    // The job alone is cheap to find: a million applications are looked at for one posting's.
    const isOfThem: Test = (index) => jobs.has(jobOf(records, index, records.tables.application.live(index).change));
    return [isOfThem, (index) => (applicationFacts(records, index).outcome !== 'pending') === isArchived];
  };
  return [...testOf('posting_id', false), ...testOf('archived_posting_id', true)];
}

function contactTests({ account: { records }, query }: Exchange): Test[] {
  const given = query.texts('contact_id');
  const people = new Set(given.flatMap((id) => indexOfRemoteId('candidate', id) ?? []));
  if (given.length === 0) return [];
  return [(index) => people.has(candidateOf(records, index, records.tables.application.live(index).change))];
}

/** Filters that name an attribute's value: one of several. */
const BY_VALUE: Readonly<Record<string, string>> = {
  stage_id: 'stage',
  archive_reason_id: 'archiveReason',
  email: 'emails',
  tag: 'tags',
  source: 'sources',
  origin: 'origin',
};
const BY_TIME: Readonly<Record<string, string>> = { created_at: 'createdAt', advanced_at: 'lastAdvancedAt', archived_at: 'archivedAt' };

function rowTests(exchange: Exchange): Test[] {
  const { account, query } = exchange;
  const tests: ((row: Row) => boolean)[] = [];
  for (const [name, attribute] of Object.entries(BY_VALUE)) {
    const wanted = query.texts(name);
    if (wanted.length > 0) tests.push((row) => [row[attribute]].flat().some((value) => wanted.includes(String(value))));
  }
  for (const [name, attribute] of Object.entries(BY_TIME)) {
    const bounds = boundsIn(exchange, name);
    if (Object.keys(bounds).length > 0) tests.push((row) => isWithin(Number(row[attribute] ?? Number.NaN), bounds));
  }
  const archived = query.oneOf('archived', ['true', 'false']);
  if (archived !== undefined) tests.push(({ archivedAt }) => (archivedAt !== null) === (archived === 'true'));
  if (tests.length === 0) return [];
  return [(index) => tests.every((test) => test(opportunityRow(account, index)))];
}

export function deletedOpportunitiesOf(exchange: Exchange): Walk {
  const { account } = exchange;
  const bounds = boundsIn(exchange, 'deleted_at');
  const matches = confidentialityTest(exchange, visibilityIn(exchange));
  return (from, limit) => sliceOf(account.records, 'application', from, limit, { ...bounds, deleted: true, matches });
}

/** Deactivated users only where they are asked for. */
export function usersOf({ account, query }: Exchange): Walk {
  const isAll = query.oneOf('includeDeactivated', ['true', 'false']) === 'true';
  const email = query.text('email');
  const roles = query.texts('accessRole');
  const directoryId = query.text('external_directory_id');
  const matches: Test = (index) => {
    if (!isAll && !userFacts(account.records, index).isActive) return false;
    const row = userRow(account, index);
    const isTheirs = (roles.length === 0 || roles.includes(String(row['accessRole']))) && (email === undefined || row['email'] === email);
    return isTheirs && (directoryId === undefined || row['externalDirectoryId'] === directoryId);
  };
  return (from, limit) => sliceOf(account.records, 'user', from, limit, { matches });
}
