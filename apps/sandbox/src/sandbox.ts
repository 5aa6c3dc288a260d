import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Clock } from '#libs/model';
import { AdvancingClock } from './clock.js';
import { registerVendor } from './ats/answering.js';
import { Ats } from './ats/ats.js';
import { registerOAuth } from './ats/oauth.js';
import { VENDORS } from './ats/vendors.js';
import { registerAtsControl } from './control/ats-routes.js';
import { ControlError } from './control/checked.js';
import { registerKomboControl } from './control/kombo-routes.js';
import { BASE_PATH } from './kombo/answering.js';
import { Kombo } from './kombo/kombo.js';
import { errorBody } from './kombo/kombo-error.js';
import { registerKombo } from './kombo/routes.js';
import { registerPage } from './page/routes.js';
import { registerProvider } from './providers/answering.js';
import { registerProviderControl } from './providers/control.js';
import { PROTOCOLS } from './providers/protocols.js';
import { Provider } from './providers/provider.js';

export interface SandboxOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly clock?: Clock;
}

export interface Sandbox {
  /** Without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the stand-ins for the outside world on this machine. */
export async function startSandbox({ host, port, clock: base }: SandboxOptions): Promise<Sandbox> {
  const server = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 200 }, bodyLimit: 5_000_000 });
  const clock = new AdvancingClock(base);
  const atses = VENDORS.map((vendor) => new Ats(vendor, clock));
  const kombo = new Kombo(clock, atses);
  server.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof ControlError) return reply.code(error.status).send({ error: error.message });
    const status = error.statusCode ?? 500;
    const message = status < 500 ? error.message : 'The sandbox itself failed';
    const isKombo = request.url.startsWith(BASE_PATH);
    reply.type('application/json; charset=utf-8');
    return reply.code(status).send(isKombo ? errorBody(status < 500 ? 'PLATFORM.INPUT_INVALID' : null, message) : { error: message });
  });
  registerPage(server);
  registerKombo(server, kombo);
  registerKomboControl(server, kombo);
  // Token endpoints take forms (RFC 6749, 4).
  server.addContentTypeParser('application/vnd.api+json', { parseAs: 'string' }, server.getDefaultJsonParser('error', 'error'));
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  for (const ats of atses) {
    registerVendor(server, ats);
    registerOAuth(server, ats);
    registerAtsControl(server, ats);
  }
  for (const protocol of PROTOCOLS) {
    const ats = atses.find(({ vendor }) => vendor.slug === protocol.slug);
    if (ats === undefined) continue;
    const provider = new Provider(protocol, ats);
    registerProvider(server, provider);
    registerProviderControl(server, provider);
  }
  return listen(server, host, port);
}

async function listen(server: FastifyInstance, host: string, port: number): Promise<Sandbox> {
  await server.listen({ host, port });
  return { url: server.listeningOrigin, close: () => server.close() };
}
