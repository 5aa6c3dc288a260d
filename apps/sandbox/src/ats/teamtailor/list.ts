import type { Resource } from '#libs/model';
import { jobOf } from '../../live/links.js';
import { indexOfRemoteId } from '../../live/remote-ids.js';
import { byUpdate, sliceOf } from '../../live/slice.js';
import type { Account } from '../account.js';
import type { Exchange, Parameters } from '../exchange.js';
import { Refusal, type ListAnswer } from '../vendor.js';
import { below, linksIn, narrowed, sparseIn, type Sparse } from './document.js';
import { candidateResource, jobResource, partOfJob, userResource, type FullResource, type Link } from './resources.js';

export interface List {
  readonly path: string;
  readonly resource: Resource;
  readonly of: (account: Account, index: number) => FullResource;
  readonly includes: readonly string[];
  /** The numbers of what the filters let through, in order. */
  readonly numbers: (account: Account, query: Parameters) => readonly number[];
}

/** The largest page; the default is ten (Teamtailor API documentation, 2021-02). */
const MOST = 30;

export function answerList(exchange: Exchange, list: List): ListAnswer {
  const { account, query } = exchange;
  if (account.behaviour.rights !== 'admin' && list.resource !== 'job' && list.resource !== 'user')
    throw new Refusal(403, 'forbidden', 'The key is not of the scope Admin');
  const size = query.whole('page[size]', 1, MOST) ?? 10;
  const number = query.whole('page[number]', 1, 1_000_000) ?? 1;
  const include = new Set(query.parts('include', 20));
  const unknown = [...include].find((name) => !list.includes.includes(name));
  if (unknown !== undefined) throw new Refusal(400, 'invalid_include', `${unknown} is no relation`);
  const sparse = sparseIn(query);
  const numbers = list.numbers(account, query);
  const indexes = numbers.slice((number - 1) * size, number * size);
  const full = indexes.map((index) => list.of(account, index));
  const pages = Math.max(1, Math.ceil(numbers.length / size));
  const next = exchange.loops ? number : number + 1;
  const address = (page: number) => `https://api.teamtailor.com/v1${list.path}?page%5Bnumber%5D=${page}&page%5Bsize%5D=${size}`;
  return {
    items: full.map((resource) => narrowed(resource, sparse, include)),
    indexes,
    headers: { 'x-api-version': '20240404' },
    wrap: (data) => ({
      data,
      ...(include.size > 0 && { included: includedWith(account, full, include, sparse) }),
      meta: { 'record-count': numbers.length, 'page-count': pages },
      links: { first: address(1), last: address(pages), ...(number < pages || exchange.loops ? { next: address(next) } : {}) },
    }),
  };
}

/** Everything that is linked under an included name, once. */
function includedWith(
  account: Account,
  resources: readonly FullResource[],
  include: ReadonlySet<string>,
  sparse: Sparse,
): readonly object[] {
  const made = new Map<string, object>();
  const add = (owner: FullResource, names: ReadonlySet<string>): void => {
    for (const name of names) {
      if (name.includes('.')) continue;
      for (const link of linksIn(owner.relations[name])) {
        const linked = resourceOf(account, owner, link);
        if (linked === undefined) continue;
        const inner = below(names, name);
        made.set(`${link.type} ${link.id}`, narrowed(linked, sparse, inner));
        add(linked, inner);
      }
    }
  };
  for (const resource of resources) add(resource, include);
  return [...made.values()];
}

const TOP: Readonly<Record<string, readonly [Resource, List['of']]>> = {
  users: ['user', userResource],
  jobs: ['job', jobResource],
  candidates: ['candidate', candidateResource],
};

function resourceOf(account: Account, owner: FullResource, link: Link): FullResource | undefined {
  const [resource, of] = TOP[link.type] ?? [];
  if (resource !== undefined && of !== undefined) {
    const index = indexOfRemoteId(resource, link.id);
    return index === undefined ? undefined : of(account, index);
  }
  const job = owner.type === 'jobs' ? indexOfRemoteId('job', owner.id) : jobOfApplication(account, owner);
  return job === null || job === undefined ? undefined : partOfJob(account, job, link);
}

function jobOfApplication({ records }: Account, { type, id }: FullResource): number | null {
  const index = type === 'job-applications' ? indexOfRemoteId('application', id) : undefined;
  return index === undefined ? null : jobOf(records, index, records.tables.application.live(index).change);
}

/** In order of creation, for which a record's number stands here, or of edits. */
export function sortedNumbers({ records }: Account, resource: Resource, query: Parameters): readonly number[] {
  const sort = query.oneOf('sort', ['created-at', '-created-at', 'updated-at', '-updated-at']);
  const sinceMs = query.time('filter[updated-at][from]');
  const wanted = sinceMs === undefined ? {} : { sinceMs };
  if (sort === 'updated-at') return byUpdate(records, resource, wanted);
  if (sort === '-updated-at') return byUpdate(records, resource, wanted).toReversed();
  const order = sort === '-created-at' ? 'descending' : 'ascending';
  return sliceOf(records, resource, null, Number.POSITIVE_INFINITY, { ...wanted, order }).indexes;
}
