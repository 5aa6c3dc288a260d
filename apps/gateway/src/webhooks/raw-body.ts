import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Below it a body is kept as it came: its signature is over these very bytes. */
const PATH = '/webhooks/';

/** The largest webhook of a source is an order with its candidate, some 10 kB. */
export const WEBHOOK_LIMIT_BYTES = 256 * 1024;

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
