import { createHmac, timingSafeEqual } from 'node:crypto';
import fastify from 'fastify';
import pg from 'pg';

/** A durable acknowledgement with nothing around it: the signature, one insert, the answer. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 16 });
const secret = process.env['SECRET'] ?? '';
const server = fastify();
await pool.query(
  'create table floor_webhook (id text primary key, integration_id text not null, type text not null, received_at timestamptz not null)',
);

interface Webhook {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly integration_id: string };
}

const isAuthentic = (body: Buffer, signature: unknown): boolean => {
  const right = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(typeof signature === 'string' ? signature : '', 'base64url');
  return given.length === right.length && timingSafeEqual(given, right);
};

server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
server.post<{ Body: Buffer }>('/webhooks/kombo', async ({ body, headers }, reply) => {
  if (!isAuthentic(body, headers['x-kombo-signature'])) return reply.code(401).send();
  const webhook: Webhook = JSON.parse(body.toString());
  await pool.query('insert into floor_webhook values ($1, $2, $3, now()) on conflict do nothing', [
    webhook.id,
    webhook.data.integration_id,
    webhook.type,
  ]);
  return { status: 'received' };
});

console.log(`the floor of webhooks listens at ${await server.listen({ host: '127.0.0.1', port: 0 })}`);
process.once('SIGTERM', () => process.exit(0));
