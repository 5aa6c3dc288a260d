import fc from 'fast-check';
import type { Call, ResultChannel } from '#libs/connectors';
import { ERROR_KINDS, GatewayError } from '#libs/model';
import type { ClaimedDelivery } from '#libs/store';
import { Attempt } from './attempt.js';
import { settlementOf } from './settlement.js';

const NOW = new Date('2026-11-22T10:00:00Z');
const IN_DOUBT = ['repeat', 'ask', 'park'] as const;

const delivery = (changes: Partial<ClaimedDelivery> = {}): ClaimedDelivery => ({
  tenantId: 'tenant',
  applicationId: 'application',
  resultKey: 'role-fit',
  revision: 1,
  attempt: 1,
  channel: null,
  inDoubt: false,
  giveUpAt: '2026-11-25T13:00:00Z',
  ...changes,
});

const channel = (inDoubt: ResultChannel['inDoubt']): ResultChannel => ({
  name: 'note',
  inDoubt,
  replaces: false,
  write: () => Promise.reject(new Error('not written here')),
});

function failing(inDoubt: ResultChannel['inDoubt'], isSent: boolean, error: GatewayError) {
  const attempt = new Attempt(delivery());
  attempt.begin(channel(inDoubt));
  if (isSent) attempt.sending();
  return settlementOf(error, attempt, NOW, () => 0);
}

const anyError = fc
  .record({ kind: fc.constantFrom(...ERROR_KINDS), applied: fc.constantFrom('no', undefined) })
  .map(({ kind, applied }) => new GatewayError(kind, { context: applied === undefined ? {} : { applied } }));

describe('an attempt that failed', () => {
  it('leaves a doubt exactly where something was sent and nothing says that it was not applied', () => {
    fc.assert(
      fc.property(fc.constantFrom(...IN_DOUBT), fc.boolean(), anyError, (inDoubt, isSent, error) => {
        const settlement = failing(inDoubt, isSent, error);
        const isDoubtful = isSent && error.context['applied'] !== 'no';
        expect('inDoubt' in settlement && settlement.inDoubt).toBe(isDoubtful);
        if (isDoubtful) expect(settlement.state).toBe(inDoubt === 'park' ? 'parked' : 'queued');
      }),
    );
  });

  it('keeps an earlier doubt until it was looked into', () => {
    const error = new GatewayError('remote-unavailable', { context: { applied: 'no' } });
    const attempt = new Attempt(delivery({ inDoubt: true, channel: 'note', attempt: 2 }));
    expect(settlementOf(error, attempt, NOW, () => 0)).toMatchObject({ state: 'queued', inDoubt: true });
  });

  it('in doubt, and never looked into for 75 hours, waits for a person', () => {
    const attempt = new Attempt(delivery({ inDoubt: true, channel: 'note', attempt: 30, giveUpAt: '2026-11-22T10:00:01Z' }));
    expect(settlementOf(new GatewayError('remote-unavailable'), attempt, NOW)).toMatchObject({ state: 'parked', inDoubt: true });
  });

  it('says what the source called it, by its code alone', () => {
    const error = new GatewayError('invalid-request', { context: { code: 'REMOTE.INPUT_INVALID', applied: 'no' } });
    expect(failing('park', true, error)).toEqual({ state: 'rejected', error: 'invalid-request', code: 'REMOTE.INPUT_INVALID' });
  });
});

describe('an earlier attempt of unknown end', () => {
  const call: Call = {
    settings: {},
    credentials: {},
    platformKey: null,
    accessToken: () => Promise.reject(new Error('no OAuth')),
    http: { send: () => Promise.reject(new Error('nothing is sent here')) },
    signal: new AbortController().signal,
  };
  const target = { application: 'a', candidate: null, job: null, order: null };
  const resolving = (channels: readonly ResultChannel[]) =>
    new Attempt(delivery({ inDoubt: true, channel: 'note' })).resolve(channels, call, target, 'm.1');

  it('is written again where that changes nothing, looked up where that can be asked, and else left to a person', async () => {
    expect(await resolving([channel('repeat')])).toBeNull();
    expect(await resolving([{ ...channel('ask'), find: () => Promise.resolve({ channel: 'note', remoteId: '7' }) }])).toEqual({
      channel: 'note',
      remoteId: '7',
    });
    expect(await resolving([{ ...channel('ask'), find: () => Promise.resolve(null) }])).toBeNull();
    await expect(resolving([channel('park')])).rejects.toMatchObject({ kind: 'remote-unavailable' });
  });

  it('is left to a person where the channel that it went by is there no more', async () => {
    await expect(resolving([{ ...channel('repeat'), name: 'custom-fields' }])).rejects.toMatchObject({ kind: 'remote-unavailable' });
  });
});
