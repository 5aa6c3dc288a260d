import { GatewayError } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { ConnectedAccount, CustomerLink, LinkPort, LinkRequest } from '../contract/links.js';
import { isExternalId, own } from '../contract/raw-object.js';
import { check } from './check.js';
import { integrationIdOf, readPlatform, sendPlatform } from './client.js';

/** Kombo OpenAPI, 2026-05-02. */
const LANGUAGES = ['en', 'de', 'fr', 'it', 'es'] as const;
/** A person will open it. Not only https: the sandbox has none. */
const WEB = /^https?:$/;

const LINK_TYPES = { long: 'MAGIC_LINK', short: 'EMBEDDED' } as const;

/** Nothing that Kombo needs a new connection for: the customer repairs or finishes the one that is there. */
const PURPOSES: ReadonlyMap<string, CustomerLink['purpose']> = new Map([
  ['NOT_BOUND', 'connect'],
  ['WRONG_CATEGORY', 'connect'],
  ['PLATFORM.INTEGRATION_NOT_FOUND', 'connect'],
  ['INTEGRATION.SETUP_INCOMPLETE', 'setup'],
]);

/** Kombo's links for customers: connect, relink, setup. Kombo never joins two connections of one customer, so a bound one is relinked. */
export const links: LinkPort = { languages: LANGUAGES, create, exchange };

async function create(call: Call, request: LinkRequest): Promise<CustomerLink> {
  const { code } = await check(call);
  const purpose = PURPOSES.get(code) ?? 'relink';
  const url = own(await sendPlatform(call, pathOf(call, purpose), bodyOf(purpose, request)), 'link');
  if (typeof url !== 'string' || !WEB.test(URL.parse(url)?.protocol ?? ''))
    throw new GatewayError('remote-invalid-response', { context: { reason: 'link' } });
  return { url, purpose };
}

function pathOf(call: Call, purpose: CustomerLink['purpose']): string {
  if (purpose === 'connect') return 'connect/create-link';
  return `integrations/${encodeURIComponent(integrationIdOf(call))}/${purpose === 'relink' ? 'relink' : 'setup-link'}`;
}

function bodyOf(purpose: CustomerLink['purpose'], request: LinkRequest): object {
  const shown = { language: request.language, link_type: LINK_TYPES[request.lifetime] };
  if (purpose !== 'connect') return shown;
  return {
    ...shown,
    end_user_email: request.email,
    end_user_organization_name: request.organizationName,
    end_user_origin_id: request.tenantId,
    integration_category: 'ATS',
    integration_tool: request.ats,
  };
}

async function exchange(call: Call, token: string): Promise<ConnectedAccount> {
  const data = await readPlatform(call, `connect/integration-by-token/${encodeURIComponent(token)}`).catch(unknownToken);
  const account = own(data, 'id');
  const tenantId = own(data, 'end_user_origin_id');
  if (!isExternalId(account)) throw new GatewayError('remote-invalid-response', { context: { reason: 'account' } });
  return { account, tenantId: isExternalId(tenantId) ? tenantId.toLowerCase() : null };
}

/** Kombo does not document with which code it refuses a token. */
function unknownToken(error: unknown): never {
  const isRefusal = error instanceof GatewayError && (error.kind === 'config-invalid' || error.kind === 'invalid-request');
  throw isRefusal
    ? new GatewayError('not-found', { detail: 'the token is not known, or was used before; have the customer connect anew' })
    : error;
}
