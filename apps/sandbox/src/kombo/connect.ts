import { EMAIL, Fields } from './fields.js';
import { freeId } from './ids.js';
import type { Integration } from './integration.js';
import type { Kombo } from './kombo.js';
import type { Handover, Link } from './customer-link.js';
import { KomboError } from './kombo-error.js';
import { invalid } from './query.js';

const LANGUAGES = ['en', 'de', 'fr', 'it', 'es'];
const LINK_TYPES = ['EMBEDDED', 'MAGIC_LINK'];
const CATEGORIES = ['HRIS', 'ATS', 'ASSESSMENT', 'LMS'];

/** `POST /connect/create-link` (Kombo OpenAPI, 2026-05-02). */
export function createLink(kombo: Kombo, environmentId: string, body: unknown, origin: string): unknown {
  const fields = new Fields(body);
  const endUser = {
    email: fields.text('end_user_email', EMAIL),
    organizationName: fields.text('end_user_organization_name'),
    originId: fields.optionalText('end_user_origin_id', /^[^]+$/),
  };
  const tool = fields.optionalText('integration_tool', /^[a-z][a-z0-9]{1,40}$/);
  fields.oneOf('integration_category', CATEGORIES);
  for (const name of ['enable_filtering', 'enable_field_mapping', 'enable_static_ips']) fields.boolean(name);
  fields.optionalText('remote_environment');
  readShown(fields);
  return linkTo(kombo, { purpose: 'connect', environmentId, endUser, tool, integrationId: null }, origin);
}

/** `POST /integrations/{id}/relink` and `…/setup-link`. A setup link is refused where no step of the set-up is left. */
export function repairLink(kombo: Kombo, integration: Integration, purpose: 'relink' | 'setup', body: unknown, origin: string): unknown {
  const fields = new Fields(body ?? {});
  if (purpose === 'setup' && fields.oneOf('link_type', LINK_TYPES) === null) throw invalid('link_type is required');
  readShown(fields);
  if (purpose === 'setup' && integration.state.setupStatus === 'COMPLETED') throw invalid('No setup step is enabled.');
  const { environmentId, organizationName, originId, tool, id } = integration.identity;
  return linkTo(kombo, { purpose, environmentId, endUser: { organizationName, email: '', originId }, tool, integrationId: id }, origin);
}

/** `GET /connect/integration-by-token/{token}`. */
export function handoverOf(
  kombo: Kombo,
  environmentId: string,
  token: string,
): { readonly integration: Integration; readonly handover: Handover } {
  const handover = kombo.handovers.get(token);
  const integration = kombo.integrations.get(handover?.integrationId ?? '');
  if (handover === undefined || integration?.identity.environmentId !== environmentId)
    throw new KomboError('PLATFORM.INPUT_INVALID', 'The token is unknown or has expired.');
  return { integration, handover };
}

export const exchanged = ({ identity, state }: Integration, { email }: Handover): unknown => ({
  tool: identity.tool,
  id: identity.id,
  end_user_origin_id: identity.originId,
  end_user_organization_name: identity.organizationName,
  end_user_email: email === '' ? null : email,
  setup_status: state.setupStatus,
});

export function newToken(kombo: Kombo): string {
  return freeId(`token ${kombo.links.size} ${kombo.handovers.size} ${kombo.clock.nowMs()}`);
}

function linkTo(kombo: Kombo, link: Link, origin: string): unknown {
  const token = newToken(kombo);
  kombo.links.set(token, link);
  return { link: `${origin}/kombo/connect?token=${token}` };
}

/** What every kind of link takes. */
function readShown(fields: Fields): void {
  fields.oneOf('language', LANGUAGES);
  fields.oneOf('link_type', LINK_TYPES);
  fields.optionalText('scope_config_id');
  fields.end();
}
