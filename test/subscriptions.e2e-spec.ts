import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { systemClock } from '#libs/model';
import type { Api } from './world/api.js';
import { rowsIn } from './world/rows.js';
import { arrived, Subscribing } from './world/subscribing.js';
import { ok, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let subscribing: Subscribing;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
});
beforeEach(async () => {
  subscribing = await Subscribing.create(world, api);
});
afterEach(() => subscribing.end());
afterAll(() => world.close());

describe('a subscription', () => {
  it('is told of each event of its types once, signed as Standard Webhooks says', async () => {
    const receiver = await subscribing.receiver();
    const { secret } = await subscribing.to(receiver, { types: ['candidate.*'] });
    const [id] = await subscribing.note({}, { resource: 'job' });
    const [received] = await arrived(receiver, [id ?? '']);
    expect(new Webhook(secret).verify(received?.text ?? '', received?.headers ?? {})).toEqual({
      type: 'candidate.updated',
      timestamp: expect.stringMatching(/Z$/),
      data: {
        ...{ id, type: 'candidate.updated', tenantId: subscribing.tenantId },
        ...{ recordId: expect.any(String), fields: ['lastName'], at: expect.any(String) },
      },
    });
    expect(received?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': id });
    await pause(300);
    expect(receiver.ids()).toEqual([id]);
  });

  it('shows its secret once, and it is nowhere in clear, not even where the answer is kept for a repeated request', async () => {
    const receiver = await subscribing.receiver();
    const body = { url: receiver.url, types: ['*'] };
    const headers = { 'idempotency-key': randomUUID() };
    const made = ok(await api.post('/v1/subscriptions', body, headers)).body;
    expect(made).toMatchObject({ secret: expect.stringMatching(/^whsec_[\w+/]{43}=$/), state: 'active', tenantIds: null });
    expect((await api.post('/v1/subscriptions', body, headers)).body).toEqual(made);
    expect(await api.all('/v1/subscriptions')).toHaveLength(1);
    const { secret, ...shown } = made;
    expect((await api.get(`/v1/subscriptions/${made.id}`)).body).toEqual(shown);
    const stored = await rowsIn(
      world.database,
      `select s::text, encode(s.secret, 'escape') as bytes from subscription s union all select k::text, '' from idempotency_key k`,
    );
    expect(stored.length).toBeGreaterThan(1);
    expect(JSON.stringify(stored)).not.toContain(secret.slice(6, 40));
  });

  it('is signed by both secrets for a day after a new one was made', async () => {
    const receiver = await subscribing.receiver();
    const { id, secret } = await subscribing.to(receiver);
    const rotated = ok(await api.post(`/v1/subscriptions/${id}/rotate-secret`)).body;
    const [first] = await arrived(receiver, await subscribing.note({}));
    expect(first?.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    for (const each of [secret, rotated.secret]) expect(new Webhook(each).verify(first?.text ?? '', first?.headers ?? {})).toBeTruthy();
    expect(Date.parse(rotated.formerSecretUntil) - systemClock.now().getTime()).toBeGreaterThan(23.9 * 3600_000);
    await rowsIn(world.database, `update subscription set former_until = now() - interval '1 second' where id = $1`, [id]);
    ok(await api.patch(`/v1/subscriptions/${id}`, { description: 'a day later' }));
    const [, second] = await arrived(receiver, await subscribing.note({}));
    expect(() => new Webhook(secret).verify(second?.text ?? '', second?.headers ?? {})).toThrow();
    expect(new Webhook(rotated.secret).verify(second?.text ?? '', second?.headers ?? {})).toBeTruthy();
  });

  it('that was changed is told of what it now asks for, at its new address; and of nothing once it is deleted', async () => {
    const [former, receiver] = [await subscribing.receiver(), await subscribing.receiver()];
    const { id } = await subscribing.to(former);
    const changed = ok(await api.patch(`/v1/subscriptions/${id}`, { url: receiver.url, types: ['job.*'] })).body;
    expect(changed).toMatchObject({ url: receiver.url, types: ['job.*'], tenantIds: [subscribing.tenantId] });
    const [, job] = await subscribing.note({}, { resource: 'job' });
    await arrived(receiver, [job ?? '']);
    expect(former.ids()).toEqual([]);
    expect((await api.delete(`/v1/subscriptions/${id}`)).status).toBe(204);
    await subscribing.note({ resource: 'job' });
    await pause(1000);
    expect(receiver.ids()).toEqual([job]);
    expect((await api.get(`/v1/subscriptions/${id}`)).status).toBe(404);
  });

  it('keeps an account of its latest attempts', async () => {
    const receiver = await subscribing.receiver();
    const { id } = await subscribing.to(receiver);
    const ids = await subscribing.noteMany(30);
    await arrived(receiver, ids);
    const path = `/v1/subscriptions/${id}/deliveries`;
    const all = await until(async () => {
      const found = await api.all(`${path}?limit=7`);
      return found.length === 30 ? found : null;
    });
    expect(new Set(all.map(({ eventId }) => eventId))).toEqual(new Set(ids));
    expect(all[0]).toMatchObject({ type: 'candidate.updated', attempt: 1, state: 'delivered', statusCode: 204, error: null });
    await rowsIn(world.database, `update subscription_delivery set at = at - interval '8 days'`);
    expect((await api.get(path)).body.data).toEqual([]);
  });

  it('keeps no more than a thousand attempts', async () => {
    const receiver = await subscribing.receiver();
    await subscribing.to(receiver);
    await arrived(receiver, await subscribing.noteMany(1_300));
    await until(async () => {
      const [{ count, newest }] = await rowsIn(
        world.database,
        'select count(*)::int as count, max(number)::int as newest from subscription_delivery',
      );
      return newest === 1_300 && count === 1_000 ? true : null;
    });
  });
});

describe('a request for a subscription', () => {
  it.each([
    ['a type that there is not', { types: ['candidate.*', 'candidate.exploded'] }, '"types.1"'],
    ['http to a host that is not listed', { url: 'http://hooks.example/x' }, 'url'],
    ['an address that is none', { url: 'hooks and hooks' }, 'url'],
    ['credentials in the address', { url: 'https://user:word@hooks.example/x' }, 'url'],
    ['a metadata service', { url: 'http://169.254.169.254/latest' }, 'url'],
    ['a private address', { url: 'https://10.0.0.1/x' }, 'url'],
    ['a name that points to this machine', { url: 'https://localhost/x' }, 'url'],
    ['no address', { url: undefined }, 'url'],
    ['no types', { types: undefined }, 'types'],
    ['a key that is not known', { secret: 'mine' }, 'secret'],
  ])('is refused for %s', async (_what, body, named) => {
    const refused = await api.post('/v1/subscriptions', { url: 'https://hooks.example/x', types: ['*'], ...body });
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid-request']);
    expect(refused.body.detail).toContain(named);
  });

  it('with a token for some tenants is for those alone, and sees what was made with it alone', async () => {
    const other = await Subscribing.create(world, api);
    const limited = api.as(await world.token({ scopes: ['ats:read'], tenants: [subscribing.tenantId], subject: 'limited' }));
    const receiver = await subscribing.receiver();
    const wide = await subscribing.to(receiver, { tenantIds: [subscribing.tenantId, other.tenantId] });
    const own = ok(await limited.post('/v1/subscriptions', { url: receiver.url, types: ['*'] })).body;
    expect(own.tenantIds).toEqual([subscribing.tenantId]);
    expect((await limited.all('/v1/subscriptions')).map(({ id }) => id)).toEqual([own.id]);
    for (const ids of [[other.tenantId], [subscribing.tenantId, other.tenantId]]) {
      expect((await limited.post('/v1/subscriptions', { url: receiver.url, types: ['*'], tenantIds: ids })).status).toBe(400);
      expect((await limited.patch(`/v1/subscriptions/${own.id}`, { tenantIds: ids })).status).toBe(400);
    }
    const path = `/v1/subscriptions/${wide.id}`;
    const seen = await Promise.all([
      ...['', '/deliveries'].map((below) => limited.get(`${path}${below}`)),
      ...['/test', '/rotate-secret', '/enable'].map((below) => limited.post(`${path}${below}`)),
      ...[limited.post(`${path}/replay`, { from: '2026-01-01T00:00:00Z' }), limited.patch(path, { types: ['*'] }), limited.delete(path)],
    ]);
    expect(seen.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 404));
    // It would have the next event posted to the same receiver.
    ok(await api.delete(path));
    const [foreign] = await other.note({});
    expect((await limited.post(`/v1/subscriptions/${own.id}/replay`, { from: foreign })).status).toBe(400);
    const ids = await subscribing.note({});
    await arrived(receiver, ids);
    expect(receiver.ids()).toEqual(ids);
  });
});

describe('a pattern of stages’ names', () => {
  it('lets only applications pass that came into such a stage, and says no name', async () => {
    const [receiver, jobId, applicationId] = [await subscribing.receiver(), randomUUID(), randomUUID()];
    const [alva, interview, former] = [randomUUID(), randomUUID(), randomUUID()];
    const stages = [
      { id: alva, remoteId: '1', name: 'Alva: logic', position: 0 },
      { id: interview, remoteId: '2', name: 'Interview', position: 1 },
    ];
    await rowsIn(
      world.database,
      `insert into job (tenant_id, id, status, visibility, stages, hiring_team, changed_at) values ($1, $2, 'open', 'public', $3, '[]', now())`,
      [subscribing.tenantId, jobId, JSON.stringify(stages)],
    );
    await rowsIn(
      world.database,
      `insert into application (tenant_id, id, job_id, stage_id, stage_name, changed_at) values ($1, $2, $3, $4, 'alva (gone)', now())`,
      [subscribing.tenantId, applicationId, jobId, former],
    );
    await subscribing.to(receiver, { stageName: 'ALVA*' });
    const moved = (stageId: string) => ({ resource: 'application', recordId: applicationId, details: { stageId } });
    const ids = await subscribing.note(
      ...[moved(interview), moved(alva), moved(former), moved(randomUUID())],
      ...[{ resource: 'application', recordId: applicationId }, { ...moved(alva), recordId: randomUUID() }, { resource: 'job' }],
    );
    const told = [ids[1], ids[2], ids[6]];
    await arrived(receiver, [ids[6] ?? '']);
    await until(async () => (receiver.ids().length >= 3 ? true : null));
    await pause(200);
    expect(new Set(receiver.ids())).toEqual(new Set(told));
    expect(receiver.received).toHaveLength(3);
    expect(receiver.received.find(({ id }) => id === ids[1])?.body.data).toMatchObject({ stageId: alva });
    expect(JSON.stringify(receiver.received.map(({ text }) => text))).not.toMatch(/logic|gone/i);
  });
});

describe('a test', () => {
  it('posts a signed event at once and says what was answered, but nothing of its body', async () => {
    const receiver = await subscribing.receiver();
    const { id, secret } = await subscribing.to(receiver);
    expect(ok(await api.post(`/v1/subscriptions/${id}/test`)).body).toMatchObject({ delivered: true, statusCode: 204, error: null });
    const [received] = receiver.received;
    expect(new Webhook(secret).verify(received?.text ?? '', received?.headers ?? {})).toMatchObject({ type: 'test' });
    receiver.answering = (_received, response) => void response.writeHead(418).end('kanarie-7');
    const told = ok(await api.post(`/v1/subscriptions/${id}/test`)).body;
    expect(told).toEqual({ delivered: false, statusCode: 418, error: 'status', durationMs: expect.any(Number) });
  });

  it('follows no redirect, and calls no address that its host has come to point to', async () => {
    const receiver = await subscribing.receiver();
    const { id } = await subscribing.to(receiver);
    receiver.answer(302, { location: 'http://169.254.169.254/latest/meta-data' });
    expect((await api.post(`/v1/subscriptions/${id}/test`)).body).toMatchObject({ delivered: false, statusCode: 302, error: 'redirect' });
    // As if the name had been a public one when it was given.
    await rowsIn(world.database, `update subscription set url = 'https://localhost:1/x' where id = $1`, [id]);
    expect((await api.post(`/v1/subscriptions/${id}/test`)).body).toMatchObject({ delivered: false, statusCode: null, error: 'egress' });
    await rowsIn(world.database, `update subscription set url = 'http://169.254.169.254/' where id = $1`, [id]);
    expect((await api.post(`/v1/subscriptions/${id}/test`)).body).toMatchObject({ delivered: false, statusCode: null, error: 'egress' });
  });

  it('reads a bounded answer and waits a bounded time', async () => {
    const receiver = await subscribing.receiver();
    const { id } = await subscribing.to(receiver);
    let isCut = false;
    receiver.answering = (_received, response) => {
      response.on('close', () => (isCut = true));
      response.writeHead(200).write('x'.repeat(10_000_000));
    };
    expect((await api.post(`/v1/subscriptions/${id}/test`)).body).toMatchObject({ delivered: true, statusCode: 200 });
    await until(async () => (isCut ? true : null));
    receiver.fallSilent();
    const { body } = await api.post(`/v1/subscriptions/${id}/test`);
    expect(body).toMatchObject({ delivered: false, statusCode: null, error: 'timeout' });
    expect(body.durationMs).toBeLessThan(12_000);
  });
});
