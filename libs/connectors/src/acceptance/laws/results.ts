import { allowResult } from '#libs/allowlist';
import { GatewayError, type ResultContent } from '#libs/model';
import type { Call } from '../../contract/call.js';
import type { OutgoingResult, ResultChannel, ResultTarget } from '../../contract/results.js';
import type { HttpClientOptions } from '../../http/client.js';
import type { Law, Subject } from '../law.js';
import type { Source } from '../source.js';

const CONTENT: ResultContent = {
  completedAt: '2026-11-22T10:00:00.000Z',
  roleFit: 82,
  matchPercent: 64,
  scores: [{ name: 'logic', label: 'Logic', value: 7, min: 1, max: 10 }],
  summary: 'Works well with numbers',
  reportUrl: 'https://reports.alva.example/r/1',
};

/** More than may go out, as a mistake of the caller's would have it. */
const FULL = { ...CONTENT, answers: ['never-out'], scores: CONTENT.scores.map((score) => ({ ...score, raw: 'never-out' })) };

interface Way {
  readonly channel: ResultChannel;
  readonly call: (options?: Partial<HttpClientOptions>) => Call;
  readonly target: ResultTarget;
}

const idle = ({ source, particulars }: Subject): string | null =>
  source.connector.ports.results === undefined || particulars.resultSettings === undefined ? 'takes no results' : null;

/** Every channel that can be tried, with an application that is there. */
async function waysOf({ source, particulars }: Subject): Promise<readonly Way[]> {
  const port = source.connector.ports.results;
  if (port === undefined) throw new Error('no results');
  const { records } = await source.page('application');
  const found = records.find(({ fields, deleted }) => !deleted && (fields.candidateId ?? null) !== null && (fields.jobId ?? null) !== null);
  if (found === undefined) throw new Error('no application');
  const { candidateId = null, jobId = null } = found.fields;
  const target = { application: found.externalId, candidate: candidateId, job: jobId, order: null };
  return Object.entries(particulars.resultSettings ?? {}).map(([name, more]) => {
    const settings = { ...source.settings, ...more };
    const channel = port.channelsFor({ ...settings, resultChannel: name }, target).find((each) => each.name === name);
    if (channel === undefined) throw new Error(`no channel ${name}`);
    return {
      channel,
      target,
      call: (options = {}) => source.call({ limits: { attempts: 4, timeoutMs: 2_000 }, ...options }, { settings }),
    };
  });
}

const outgoing = (source: Source, changes: Partial<OutgoingResult> = {}, content: ResultContent = CONTENT): OutgoingResult => ({
  content: allowResult(source.writeGrant(), content, ['reports.alva.example']),
  marker: 'a1b2c3d4.1',
  former: null,
  ...changes,
});

const write = (source: Source, { channel, call, target }: Way, result = outgoing(source), options: Partial<HttpClientOptions> = {}) =>
  channel.write(call(options), source.writeGrant(), target, result);

/** What came of a write under a fault that does not pass. */
async function failureOf(source: Source, way: Way, fault: object): Promise<{ readonly error: unknown; readonly sent: number }> {
  await source.reset();
  // A token, where the vendor wants one, is fetched before the fault begins.
  const call = way.call();
  await source.fault({ ...fault, times: null });
  const error: unknown = await way.channel.write(call, source.writeGrant(), way.target, outgoing(source)).then(
    () => null,
    (reason: unknown) => reason,
  );
  const sent = (await source.requests()).filter(({ method, path }) => method !== 'GET' && !String(path).includes('token')).length;
  await source.reset();
  return { error, sent };
}

const appliedIn = (error: unknown): unknown => (error instanceof GatewayError ? (error.context['applied'] ?? 'perhaps') : error);
const kombo = ({ connector }: Source, code: string) => (connector.manifest.kind === 'unified' ? { code } : {});

export const RESULTS: readonly Law[] = [
  {
    name: 'a result is written once by every channel: its scores and its link, and nothing that may not go out',
    idle,
    hold: async (subject) => {
      const { source } = subject;
      for (const way of await waysOf(subject)) {
        const before = await source.written();
        const receipt = await write(source, way, outgoing(source, {}, FULL));
        expect(receipt.channel).toBe(way.channel.name);
        const written = (await source.written()).filter((each) => !before.some(({ id }) => id !== undefined && id === each['id']));
        const made = JSON.stringify(written.slice(source.connector.manifest.kind === 'unified' ? before.length : 0));
        expect(made).toMatch(/\b82\b/);
        expect(made.split('https://reports.alva.example/r/1')).toHaveLength(2);
        expect(JSON.stringify(await source.requests())).not.toContain('never-out');
      }
    },
  },
  {
    name: 'without leave to write results nothing is sent',
    idle,
    hold: async (subject) => {
      const { source } = subject;
      for (const { channel, call, target } of await waysOf(subject)) {
        await source.reset();
        await expect(channel.write(call(), source.grant(), target, outgoing(source))).rejects.toMatchObject({
          kind: 'consent-does-not-cover',
        });
        expect(await source.requestCount()).toBe(0);
      }
    },
  },
  {
    name: 'what the ATS refuses is not written, and the error says so',
    idle,
    hold: async (subject) => {
      const { source } = subject;
      for (const way of await waysOf(subject)) {
        const before = await source.written();
        for (const [status, kind, code] of [
          [400, 'invalid-request', 'PLATFORM.INPUT_INVALID'],
          [401, 'remote-auth-failed', 'INTEGRATION.AUTHENTICATION_INVALID'],
          [403, 'remote-forbidden', 'INTEGRATION.PERMISSION_MISSING'],
          [503, 'remote-unavailable', 'REMOTE.SERVICE_UNAVAILABLE'],
        ] as const) {
          const { error, sent } = await failureOf(source, way, { kind: 'error', status, ...kombo(source, code) });
          expect([way.channel.name, status, error instanceof GatewayError ? error.kind : error]).toEqual([way.channel.name, status, kind]);
          expect([status, appliedIn(error), sent]).toEqual([status, 'no', 1]);
        }
        expect(await source.written()).toEqual(before);
      }
    },
  },
  {
    name: 'an attempt whose end is unknown is not sent again, and the error leaves it open',
    idle,
    hold: async (subject) => {
      const { source } = subject;
      for (const way of await waysOf(subject)) {
        for (const fault of [
          { kind: 'drop', late: true },
          { kind: 'drop', late: false },
          { kind: 'error', status: 500, late: true, ...kombo(source, 'PLATFORM.UNKNOWN_ERROR') },
          { kind: 'latency', ms: 2_500 },
        ]) {
          const { error, sent } = await failureOf(source, way, fault);
          expect([way.channel.name, fault, appliedIn(error), sent]).toEqual([way.channel.name, fault, 'perhaps', 1]);
        }
      }
    },
  },
  {
    name: 'in doubt a channel does as it says: the same again changes nothing, or what is there is found, or a person has to look',
    idle,
    hold: async (subject) => {
      const { source } = subject;
      for (const way of await waysOf(subject)) {
        const { channel, call, target } = way;
        expect(channel.find !== undefined).toBe(channel.inDoubt === 'ask');
        const result = outgoing(source, { marker: 'b1b2c3d4.1' });
        if (channel.inDoubt === 'ask') expect(await channel.find?.(call(), target, result.marker)).toBeNull();
        await write(source, way, result);
        if (channel.inDoubt === 'ask') expect(await channel.find?.(call(), target, result.marker)).toMatchObject({ channel: channel.name });
        const once = (await source.written()).length;
        if (channel.inDoubt === 'repeat') await write(source, way, result);
        expect((await source.written()).length).toBe(once);
      }
    },
  },
  {
    name: 'a revised result takes the place of the former one where the channel says so, and stands beside it elsewhere',
    idle,
    hold: async (subject) => {
      const { source } = subject;
      for (const way of await waysOf(subject)) {
        const former = await write(source, way);
        const once = (await source.written()).length;
        await write(source, way, outgoing(source, { former, marker: 'a1b2c3d4.2' }, { ...CONTENT, roleFit: 13 }));
        const written = await source.written();
        expect([way.channel.name, written.length]).toEqual([way.channel.name, way.channel.replaces ? once : once + 1]);
        expect(JSON.stringify(written)).toMatch(/\b13\b/);
      }
    },
  },
];
