import type { FastifyInstance } from 'fastify';
import { DOCUMENT } from './document.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';

/** Only from here: no other site's frame, script or form. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** The page at `/`: what the sandbox holds and was asked, and what a person may change by hand. */
export function registerPage(server: FastifyInstance): void {
  const serve = (path: string, type: string, text: string) => {
    server.get(path, (_, reply) => reply.headers(HEADERS).type(`${type}; charset=utf-8`).send(text));
  };
  serve('/', 'text/html', DOCUMENT);
  serve('/page.js', 'text/javascript', SCRIPT);
  serve('/page.css', 'text/css', STYLE);
}
