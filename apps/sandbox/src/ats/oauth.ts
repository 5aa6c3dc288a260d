import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { keysOf } from '../request-parts.js';
import type { Account } from './account.js';
import type { Ats } from './ats.js';
import { basicPair } from './exchange.js';
import type { Issued } from './tokens.js';
import type { Vendor } from './vendor.js';

type OAuthOf = NonNullable<Vendor['oauth']>;
type Form = Readonly<Record<string, unknown>>;

/** The vendor's login page, where the customer says yes or no at once, and its token endpoint (RFC 6749). */
export function registerOAuth(server: FastifyInstance, ats: Ats): void {
  const { oauth } = ats.vendor;
  if (oauth === undefined) return;
  server.get(`${ats.basePath}${oauth.authorizePath}`, (request, reply) => authorize(ats, oauth, request, reply));
  server.post(`${ats.basePath}${oauth.tokenPath}`, (request, reply) => token(ats, oauth, request, reply));
}

function authorize(ats: Ats, oauth: OAuthOf, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { client_id: clientId, redirect_uri: redirectUri, response_type: type, state } = keysOf(request.query);
  const account = ats.accountWith((one) => one.clientId === clientId);
  if (account === undefined || type !== 'code' || typeof redirectUri !== 'string' || !URL.canParse(redirectUri))
    return reply.code(400).send({ error: 'invalid_request' });
  const back = new URL(redirectUri);
  if (typeof state === 'string') back.searchParams.set('state', state);
  if (account.behaviour.authorizes) back.searchParams.set('code', account.tokens.code(redirectUri, oauth.lifetimes));
  else back.searchParams.set('error', 'access_denied');
  return reply.redirect(back.href);
}

function token(ats: Ats, oauth: OAuthOf, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  ats.log.add({
    at: ats.clock.now().toISOString(),
    method: request.method,
    path: oauth.tokenPath,
    query: {},
    headers: {},
    body: { grant_type: keysOf(request.body)['grant_type'] },
  }).status = 200;
  const form = keysOf(request.body);
  const account = clientOf(ats, oauth, request, form);
  if (account === undefined) return reply.code(401).send({ error: 'invalid_client' });
  const issued = issue(oauth, account, form);
  if (issued === undefined) return reply.code(400).send({ error: 'invalid_grant', error_description: `for ${account.id}` });
  return reply.send(tokenAnswer(oauth, issued, ats.clock.nowMs(), form['grant_type'] !== 'client_credentials'));
}

function clientOf(ats: Ats, oauth: OAuthOf, request: FastifyRequest, form: Form): Account | undefined {
  const [id, secret] = oauth.clientAuth === 'basic' ? (basicPair({ request }) ?? []) : [form['client_id'], form['client_secret']];
  return ats.accountWith((one) => one.clientId === id && one.clientSecret === secret);
}

function issue({ grants, lifetimes }: OAuthOf, { tokens }: Account, form: Form): Issued | undefined {
  const { grant_type: grant, code, redirect_uri: redirectUri, refresh_token: refreshToken } = form;
  if (grant === 'client_credentials' && grants.includes('client_credentials')) return tokens.issue(lifetimes);
  if (grant === 'authorization_code') return tokens.redeem(String(code), String(redirectUri), lifetimes);
  return grant === 'refresh_token' ? tokens.refresh(String(refreshToken), lifetimes) : undefined;
}

function tokenAnswer({ expiry }: OAuthOf, { accessToken, refreshToken, expiresMs }: Issued, nowMs: number, isRenewable: boolean): object {
  const ends =
    expiry === 'expires_at' ? { expires_at: new Date(expiresMs).toISOString() } : { expires_in: Math.round((expiresMs - nowMs) / 1_000) };
  return { access_token: accessToken, token_type: 'Bearer', ...ends, ...(isRenewable && { refresh_token: refreshToken }) };
}
