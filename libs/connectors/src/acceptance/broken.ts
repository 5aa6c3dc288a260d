import { randomUUID } from 'node:crypto';
import { GatewayError, type RemoteRecord, type Resource } from '#libs/model';
import type { Call, HttpAnswer, Verdict } from '../contract/call.js';
import type { SourceConnector, Page, PageRequest, Reader } from '../contract/connector.js';
import { byChannelSetting, type ResultChannel, type ResultPort } from '../contract/results.js';
import type { WebhookPort } from '../contract/webhooks.js';
import { grantOf } from './grants.js';
import { CANARY } from './source.js';

type PageFunction = (call: Call, request: PageRequest) => Promise<Page<Resource>>;
type Break = (connector: SourceConnector) => SourceConnector;

/** Readers that do something else. */
function reading(connector: SourceConnector, breaking: (page: PageFunction) => PageFunction): SourceConnector {
  const broken = <R extends Resource>(resource: R): Reader<R> => {
    const reader: Reader<R> = connector.ports.read[resource];
    const page = breaking((call, request) => reader.page(call, request));
    return { ...reader, page: async (call, request) => pageOf(resource, await page(call, request)) };
  };
  const read = { user: broken('user'), job: broken('job'), candidate: broken('candidate'), application: broken('application') };
  return { ...connector, ports: { ...connector.ports, read } };
}

function pageOf<R extends Resource>(resource: R, page: Page<Resource>): Page<R> {
  const isOf = (record: RemoteRecord): record is RemoteRecord<R> => record.resource === resource;
  return { ...page, records: page.records.filter(isOf) };
}

/** What comes out is not what was read. */
const changing =
  (change: (page: Page<Resource>, request: PageRequest) => Page<Resource>): Break =>
  (connector) =>
    reading(connector, (page) => async (call, request) => change(await page(call, request), request));

const changingRecords = (change: (record: RemoteRecord) => object): Break =>
  changing((page) => ({
    ...page,
    records: page.records.map((record) => ({ ...record, fields: { ...record.fields, ...change(record) } })),
  }));

/** What is asked for is not what should be. */
const asking =
  (change: (request: PageRequest) => PageRequest): Break =>
  (connector) =>
    reading(connector, (page) => (call, request) => page(call, change(request)));

/** Every answer is judged otherwise. */
const judging =
  (change: (verdict: Verdict) => Verdict): Break =>
  (connector) =>
    reading(
      connector,
      (page) => (call, request) =>
        page(
          overhearing(call, () => undefined, change),
          request,
        ),
    );

/** A word that comes in goes out. */
const repeating =
  (word: string, field: string): Break =>
  (connector) =>
    reading(connector, (page) => async (call, request) => {
      let isThere = false;
      const heard = overhearing(call, ({ json }) => (isThere ||= JSON.stringify(json ?? null).includes(word)));
      const read = await page(heard, request);
      return {
        ...read,
        records: read.records.map((record) => (isThere ? { ...record, fields: { ...record.fields, [field]: word } } : record)),
      };
    });

function overhearing(call: Call, hear: (answer: HttpAnswer) => void, change: (verdict: Verdict) => Verdict = (verdict) => verdict): Call {
  const send: Call['http']['send'] = (request, judge) =>
    call.http.send(request, (answer) => {
      hear(answer);
      return change(judge(answer));
    });
  return { ...call, http: { send } };
}

const hearing =
  (change: (port: WebhookPort) => Partial<WebhookPort>): Break =>
  (connector) => {
    const { webhooks } = connector.ports;
    if (webhooks === undefined) throw new Error('no webhooks');
    return { ...connector, ports: { ...connector.ports, webhooks: { ...webhooks, ...change(webhooks) } } };
  };

/** Every channel does something else. */
const showing =
  (change: (channel: ResultChannel) => Partial<ResultChannel>): Break =>
  (connector) => {
    const { results } = connector.ports;
    if (results === undefined) throw new Error('no results');
    const broken = (channel: ResultChannel): ResultChannel => ({ ...channel, ...change(channel) });
    const [first, ...others] = results.channels;
    const channels: ResultPort['channels'] = [broken(first), ...others.map(broken)];
    return { ...connector, ports: { ...connector.ports, results: { channels, channelsFor: byChannelSetting(channels) } } };
  };

/** Whatever becomes of it, it is sent again. */
const insisting = ({ write }: ResultChannel): Partial<ResultChannel> => ({
  write: (...all) => write(...all).catch(() => write(...all)),
});

/** What the error knows of the deed is lost. */
const forgetful = ({ write }: ResultChannel): Partial<ResultChannel> => ({
  write: (...all) =>
    write(...all).catch((error: unknown) => {
      throw error instanceof GatewayError ? new GatewayError(error.kind, { retry: error.retry }) : error;
    }),
});

const END: Page<Resource> = { records: [], setAside: [], dropped: new Map(), next: null };

/** A failure is an empty end. */
const swallowing: Break = (connector) => reading(connector, (page) => (call, request) => page(call, request).catch(() => END));

/** Where a walk stands is remembered in the process, not in the cursor. */
const forgetting: Break = (connector) => {
  let last: string | null = null;
  return reading(connector, (page) => async (call, { cursor, ...request }) => {
    const read = await page(call, cursor !== undefined && cursor === last ? { ...request, cursor } : request);
    last = read.next;
    return read;
  });
};

/** What was there once is given again, deleted or not. */
const hoarding: Break = (connector) => {
  const met = new Map<string, RemoteRecord>();
  return changing((page) => {
    for (const record of page.records) met.set(`${record.resource} ${record.externalId}`, { ...record, deleted: false });
    const all = [...met.values()].filter(({ resource }) => resource === page.records[0]?.resource);
    return page.next === null ? { ...page, records: all } : page;
  })(connector);
};

const everything = (request: PageRequest): PageRequest => ({ ...request, grant: grantOf({ type: 'native' }) });
const isDelta = ({ since, syncToken }: PageRequest): boolean => since !== undefined || syncToken !== undefined;

/** Calls that the client knows nothing of. */
const bypassing: Break = (connector) =>
  reading(connector, (page) => async (call, request) => {
    await fetch(`${call.settings['apiUrl'] ?? ''}/jobs`);
    return page(call, request);
  });

const codeless = (verdict: Verdict): Verdict =>
  verdict.outcome !== 'ok' && verdict.error instanceof GatewayError ? { ...verdict, error: new GatewayError(verdict.error.kind) } : verdict;

/** For every law a connector that breaks it, made of one that holds them all. */
export const BROKEN: ReadonlyMap<string, Break> = new Map([
  ['all pages together are the whole, each record once', changing((page) => ({ ...page, records: page.records.slice(1) }))],
  ['a walk goes on from any of its cursors with the rest', forgetting],
  ['a cursor that comes again is an error, not an end', swallowing],
  ['a narrowing by jobs gives what belongs to them and nothing else', asking(({ jobs: _jobs, ...request }) => request)],
  ['references name what the other readers give', changingRecords(() => ({ stageId: '999' }))],
  ['a delta where nothing changed is empty', asking(({ since: _since, syncToken: _token, ...request }) => request)],
  ['a delta holds what was edited', changing((page, request) => (isDelta(request) ? { ...page, records: [] } : page))],
  ['a delta holds an application that moved, in its new stage', changingRecords(() => ({ stageName: 'Applied' }))],
  [
    'a delta misses nothing of many changes, over its pages',
    changing((page, request) => (isDelta(request) ? { ...page, next: null } : page)),
  ],
  ['a deletion is seen: reported in a delta, or absent from a full walk', hoarding],
  ['nothing that the allowlist does not admit comes out, nor a name that is not documented', changingRecords(() => ({ phone: CANARY }))],
  ['every field that a reader fills is filled in some record, and no other', changingRecords(() => ({ lastName: null }))],
  ['a resource that is not granted is not asked for', asking(everything)],
  ['a field that is not granted is not asked for, where the vendor lets one choose', asking(everything)],
  ['keys that are new change nothing, and are not let through', repeating('brand_new_field', 'new')],
  ['values that are new in an enumeration are unknown, and no word of them is kept', repeating('BRAND_NEW', 'status')],
  [
    'one malformed record is set aside and stops no page',
    changing((page) => {
      if (page.setAside.length > 0) throw new GatewayError('remote-invalid-response');
      return page;
    }),
  ],
  ['texts that a database refuses, prototype keys, depth and size do no harm', repeating(String.raw`\u0000`, 'name')],
  [
    'a fault that passes is survived within the call',
    judging((verdict) => (verdict.outcome === 'retry' ? { ...verdict, outcome: 'failed' } : verdict)),
  ],
  ['a fault that lasts is an error of its kind, never an end, and says no word of what was answered', swallowing],
  ['a refusal carries a code that the manifest explains', judging(codeless)],
  [
    'a check finds a sound link connected and a refused login refused',
    (connector) => ({ ...connector, ports: { ...connector.ports, check: () => Promise.resolve({ code: 'CONNECTED', drift: null }) } }),
  ],
  ['a silence ends in time', swallowing],
  ['a stopped run stops its call, and nothing more is sent', swallowing],
  ['every call goes to the one host that may be called, where the vendor names others too', bypassing],
  ['a webhook that the vendor signed is authentic, and no other', hearing(() => ({ isAuthentic: () => true }))],
  [
    'any flipped byte of what is signed is refused',
    hearing((port) => ({ isAuthentic: (delivery, secrets) => port.isAuthentic(delivery, secrets) || delivery.rawBody.length > 100 })),
  ],
  [
    'a webhook is a notice of where to look: it brings no data, and twice the same is told as one',
    hearing((port) => ({ read: (body, headers) => ({ ...port.read(body, headers), id: randomUUID() }) })),
  ],
  [
    'a body that is none is about nothing, and throws nothing',
    hearing((port) => ({ read: (body, headers) => port.read(Object.fromEntries(Object.entries(body ?? never())), headers) })),
  ],
  [
    'a result is written once by every channel: its scores and its link, and nothing that may not go out',
    showing(({ write }) => ({ write: async (...all) => write(...all).then(() => write(...all)) })),
  ],
  [
    'without leave to write results nothing is sent',
    showing(({ write }) => ({
      write: (call, _grant, ...rest) => write(call, grantOf({ type: 'native', purpose: 'write-back' }), ...rest),
    })),
  ],
  ['what the ATS refuses is not written, and the error says so', showing(forgetful)],
  ['an attempt whose end is unknown is not sent again, and the error leaves it open', showing(insisting)],
  [
    'in doubt a channel does as it says: the same again changes nothing, or what is there is found, or a person has to look',
    showing(() => ({ inDoubt: 'repeat' })),
  ],
  [
    'a revised result takes the place of the former one where the channel says so, and stands beside it elsewhere',
    showing(() => ({ replaces: true })),
  ],
]);

function never(): never {
  throw new TypeError('no body');
}
