import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GatewayError } from '#libs/model';

/** Below it a body is kept as it came: its signature is over these very bytes. */
const PATH = '/webhooks/';

/** The largest webhook of a source is an order with its candidate, some 10 kB. */
const WEBHOOK_LIMIT_BYTES = 256 * 1024;

/** The bytes of a webhook's body. Throws `invalid-request` where they are more than any webhook needs. */
export function rawBodyOf(body: unknown): Buffer {
  const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (rawBody.length > WEBHOOK_LIMIT_BYTES) throw new GatewayError('invalid-request', { detail: 'the body is too large' });
  return rawBody;
}

/** An authentic body that is no JSON says nothing; it is not worth a repetition. */
export function parsedBody(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return null;
  }
}

/** Has the bodies of webhooks reach their handlers unparsed, whatever their content type; all others have to be JSON. */
export function keepWebhooksRaw(app: NestFastifyApplication): void {
  app.useBodyParser('application/json', {}, ({ url }, body: Buffer, done) => {
    if (url.startsWith(PATH)) return done(null, body);
    try {
      done(null, JSON.parse(body.toString('utf8')));
    } catch {
      // The parser's own words quote the body.
      done(refusal(400));
    }
  });
  app.useBodyParser('*', {}, ({ url }, body: Buffer, done) => (url.startsWith(PATH) ? done(null, body) : done(refusal(415))));
}

const refusal = (statusCode: number): Error => Object.assign(new Error('refused'), { statusCode });
