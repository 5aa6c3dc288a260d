import {
  defineConnector,
  type Call,
  type SourceConnector,
  type Page,
  type PageRequest,
  type Reader,
  type SetAside,
} from '#libs/connectors';
import { fieldNamesOf, type RemoteFields, type RemoteRecord, type Resource } from '#libs/model';

type Given<R extends Resource> = Partial<RemoteFields[R]> & { readonly deleted?: boolean; readonly remoteId?: string };

/** What a run asked the source for. */
export interface Asked extends Omit<PageRequest, 'grant'> {
  readonly resource: Resource;
}

/** An ATS in memory, as data and functions: it pages by position and does whatever else the test lets happen. */
export class Source {
  readonly asked: Asked[] = [];
  readonly setAside: Partial<Record<Resource, SetAside[]>> = {};
  dropped: ReadonlyMap<string, number> = new Map();
  byJob = false;
  /** Happens at every request, after it was admitted and before it is answered. */
  meanwhile: (asked: Asked, n: number) => unknown = () => undefined;
  private readonly records: { [R in Resource]: Map<string, RemoteRecord<R>> } = {
    user: new Map(),
    job: new Map(),
    application: new Map(),
    candidate: new Map(),
  };

  constructor(private readonly pageSize = 2) {}

  /** Adds or replaces a record. */
  put<R extends Resource>(resource: R, externalId: string, { deleted = false, remoteId, ...fields }: Given<R> = {}): this {
    const record = { resource, externalId, remoteId: remoteId ?? null, deleted, fields: fields as unknown as Partial<RemoteFields[R]> };
    this.records[resource].set(externalId, record);
    return this;
  }

  /** Lets a record be gone without a word. */
  drop(resource: Resource, ...externalIds: readonly string[]): this {
    for (const externalId of externalIds) this.records[resource].delete(externalId);
    return this;
  }

  get connector(): SourceConnector {
    const { user, job, application, candidate } = this.records;
    const manifest = {
      slug: 'test',
      name: 'Test',
      kind: 'native',
      docsUrl: 'https://test.example',
      apiUrl: () => 'https://test.example',
      oauth: null,
      settings: [],
      credentials: [],
      conditions: new Map(),
      noApplicationsHint: null,
      assumed: [],
      rates: [],
      pageSize: 2,
    } as const;
    return defineConnector({
      manifest,
      ports: {
        check: () => Promise.resolve({ code: 'ok', drift: null }),
        read: {
          user: this.reader('user', user),
          job: this.reader('job', job),
          application: this.reader('application', application),
          candidate: this.reader('candidate', candidate),
        },
      },
    });
  }

  private reader<R extends Resource>(resource: R, records: ReadonlyMap<string, RemoteRecord<R>>): Reader<R> {
    return {
      fills: fieldNamesOf(resource),
      delta: 'updated-after',
      deletions: 'reported',
      byJob: this.byJob && (resource === 'application' || resource === 'candidate'),
      page: async (call, { grant: _grant, ...request }) => {
        await this.ask(call, { resource, ...request });
        return this.pageOf(resource, [...records.values()], request.cursor);
      },
    };
  }

  private async ask(call: Call, asked: Asked): Promise<void> {
    await call.http.send({ method: 'GET', path: asked.resource }, () => ({ outcome: 'ok' }));
    this.asked.push(asked);
    await this.meanwhile(asked, this.asked.length);
  }

  private pageOf<R extends Resource>(resource: R, records: readonly RemoteRecord<R>[], cursor = '0'): Page<R> {
    const end = Number(cursor) + this.pageSize;
    const isLast = end >= records.length;
    const setAside = isLast ? (this.setAside[resource] ?? []) : [];
    return { records: records.slice(Number(cursor), end), setAside, dropped: this.dropped, next: isLast ? null : String(end) };
  }
}

const ANSWER = { status: 200, headers: {}, json: null, retryAfterMs: null };

/** What a connector is given: every request asks first whether it may start. */
export function callOf(admit: (start: () => void) => Promise<void>): Call {
  const send = async () => {
    await admit(() => undefined);
    return ANSWER;
  };
  return {
    settings: {},
    credentials: {},
    platformKey: null,
    accessToken: () => Promise.reject(new Error('this source has no OAuth')),
    http: { send },
    signal: new AbortController().signal,
  };
}
