import type { SignedDelivery, WebhookPort } from '../../contract/webhooks.js';
import { listIn, textsIn } from '../control.js';
import type { Law } from '../law.js';
import { CANARY, type Source } from '../source.js';

interface Received {
  readonly delivery: SignedDelivery;
  readonly type: string;
}

/** What the vendor sends when an application moves, as it was sent; to nowhere, as nobody has to receive it. */
async function deliveriesOf(source: Source): Promise<readonly Received[]> {
  // Two happenings may be told in the same bytes, and are two all the same: what other laws caused does not count here.
  const before = (await sentBy(source)).length;
  await source.change('PATCH', '', { webhookUrl: 'http://127.0.0.1:9/', webhookCopies: 2 });
  await source.change('PATCH', '/records/candidates/2', { fields: { first_name: 'Told' } });
  await source.change('POST', '/records/applications/2/move', { stage: 1 });
  await source.change('PATCH', '/records/jobs/1', { fields: { name: 'Told' } });
  const sent = (await sentBy(source)).slice(before);
  await source.change('PATCH', '', { webhookUrl: null, webhookCopies: 1 });
  return sent.map(({ body, headers, type }) => ({
    type: String(type),
    delivery: { rawBody: Buffer.from(String(body)), headers: textsIn(headers) },
  }));
}

const sentBy = async (source: Source) => listIn((await source.change('GET', '/webhooks'))['sent']);

function portOf(source: Source): WebhookPort {
  const { webhooks } = source.connector.ports;
  if (webhooks === undefined) throw new Error('no webhooks');
  return webhooks;
}

const secretsOf = (source: Source): readonly string[] => portOf(source).secretsOf?.(source.credentials) ?? [];
/** Kombo's own suite holds these: its webhooks are the environment's, signed with the platform's secret. */
const idle = ({ source }: { readonly source: Source }): string | null =>
  source.connector.ports.webhooks?.secretsOf === undefined ? 'signed with the platform’s secret: held by its own suite' : null;

const parsed = (text: Buffer): unknown => JSON.parse(text.toString('utf8'));

export const WEBHOOKS: readonly Law[] = [
  {
    name: 'a webhook that the vendor signed is authentic, and no other',
    idle,
    hold: async ({ source }) => {
      const port = portOf(source);
      const deliveries = await deliveriesOf(source);
      expect(deliveries.length).toBeGreaterThan(0);
      for (const { delivery } of deliveries) {
        expect(port.isAuthentic(delivery, secretsOf(source))).toBe(true);
        expect(port.isAuthentic(delivery, ['another secret', ...secretsOf(source)])).toBe(true);
        expect(port.isAuthentic(delivery, ['another secret'])).toBe(false);
        expect(port.isAuthentic(delivery, [])).toBe(false);
        expect(port.isAuthentic({ ...delivery, headers: {}, rawBody: Buffer.from('{}') }, secretsOf(source))).toBe(false);
      }
    },
  },
  {
    name: 'any flipped byte of what is signed is refused',
    idle,
    hold: async ({ source, particulars }) => {
      const port = portOf(source);
      const [first] = await deliveriesOf(source);
      if (first === undefined) throw new Error('nothing was sent');
      const { rawBody } = first.delivery;
      const signed = particulars.signedBytes?.(rawBody) ?? [0, rawBody.length];
      for (let at = signed[0]; at < signed[1]; at += Math.max(1, Math.floor((signed[1] - signed[0]) / 400))) {
        const flipped = Buffer.from(rawBody);
        flipped[at] = (flipped[at] ?? 0) ^ 1;
        expect([at, port.isAuthentic({ ...first.delivery, rawBody: flipped }, secretsOf(source))]).toEqual([at, false]);
      }
    },
  },
  {
    name: 'a webhook is a notice of where to look: it brings no data, and twice the same is told as one',
    idle,
    hold: async ({ source }) => {
      const port = portOf(source);
      const deliveries = await deliveriesOf(source);
      const read = deliveries.map(({ delivery }) => port.read(parsed(delivery.rawBody), delivery.headers));
      expect(JSON.stringify(read)).not.toContain(CANARY);
      expect(JSON.stringify(read)).not.toContain('Told');
      for (const { type } of read) expect(port.types).toContain(type);
      const told = new Set(read.flatMap(({ notice }) => (notice.about === 'data' ? notice.resources : [])));
      expect(told.has('application') || told.has('candidate')).toBe(true);
      const ids = new Map<string, Set<string | null>>();
      for (const [index, { delivery }] of deliveries.entries()) {
        const key = delivery.rawBody.toString();
        ids.set(key, (ids.get(key) ?? new Set()).add(read[index]?.id ?? null));
      }
      for (const given of ids.values()) expect(given.size).toBe(1);
    },
  },
  {
    name: 'a body that is none is about nothing, and throws nothing',
    idle,
    hold: async ({ source }) => {
      const port = portOf(source);
      for (const body of [
        null,
        undefined,
        1,
        'text',
        [],
        {},
        { action: {} },
        { event: 1, data: [] },
        { payload: null },
        { data: { application: 7 } },
      ])
        expect(['nothing', 'data']).toContain(port.read(body, {}).notice.about);
      for (const rawBody of ['', '{', 'null', '[]', '"x"', '{"token":1}'].map((text) => Buffer.from(text)))
        expect(port.isAuthentic({ rawBody, headers: {} }, secretsOf(source))).toBe(false);
    },
  },
];
