import { keysOf } from '../request-parts.js';
import { freeId } from './ids.js';
import type { Integration } from './integration.js';
import type { Kombo } from './kombo.js';
import { KomboError } from './kombo-error.js';
import { invalid } from './query.js';

/** A link that a customer was sent. */
export interface Link {
  readonly purpose: 'connect' | 'relink' | 'setup';
  readonly environmentId: string;
  readonly endUser: { readonly organizationName: string; readonly email: string; readonly originId: string | null };
  readonly tool: string | null;
  /** Of a relink or setup link. */
  readonly integrationId: string | null;
}

/** What the customer's page hands over; exchanged once. */
export interface Handover {
  readonly integrationId: string;
  readonly email: string;
  /** `integration-created` comes only now. */
  readonly announcesLate: boolean;
}

const EMAIL = /^[\w'+.-]*[\w+-]@([\da-z][\da-z-]*\.)+[a-z]{2,}$/i;
const LANGUAGES = ['en', 'de', 'fr', 'it', 'es'];
const LINK_TYPES = ['EMBEDDED', 'MAGIC_LINK'];
const CATEGORIES = ['HRIS', 'ATS', 'ASSESSMENT', 'LMS'];

/** `POST /connect/create-link` (Kombo OpenAPI, 2026-05-02). */
export function createLink(kombo: Kombo, environmentId: string, body: unknown, origin: string): unknown {
  const fields = keysOf(body);
  const email = textIn(fields, 'end_user_email', EMAIL);
  const organizationName = textIn(fields, 'end_user_organization_name', /^[^]{1,}$/);
  if (email === null || organizationName === null) throw invalid('end_user_email and end_user_organization_name are required');
  choiceIn(fields, 'integration_category', CATEGORIES);
  checkShown(fields);
  const originId = textIn(fields, 'end_user_origin_id', /^[^]{1,}$/);
  const tool = textIn(fields, 'integration_tool', /^[a-z][a-z0-9]{1,40}$/);
  return linkTo(
    kombo,
    { purpose: 'connect', environmentId, endUser: { organizationName, email, originId }, tool, integrationId: null },
    origin,
  );
}

/** `POST /integrations/{id}/relink` and `…/setup-link`. A setup link is refused where no step of the set-up is left. */
export function repairLink(kombo: Kombo, integration: Integration, purpose: 'relink' | 'setup', body: unknown, origin: string): unknown {
  checkShown(keysOf(body));
  if (purpose === 'setup' && integration.state.setupStatus === 'COMPLETED') throw invalid('No setup step is enabled.');
  const { environmentId, organizationName, originId, tool, id } = integration.identity;
  return linkTo(kombo, { purpose, environmentId, endUser: { organizationName, email: '', originId }, tool, integrationId: id }, origin);
}

/** `GET /connect/integration-by-token/{token}`. */
export function exchange(
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

function checkShown(fields: Readonly<Record<string, unknown>>): void {
  choiceIn(fields, 'language', LANGUAGES);
  choiceIn(fields, 'link_type', LINK_TYPES);
}

function choiceIn(fields: Readonly<Record<string, unknown>>, name: string, choices: readonly string[]): void {
  const value = fields[name];
  if (value !== undefined && !choices.some((choice) => choice === value)) throw invalid(`${name} must be one of ${choices.join(', ')}`);
}

function textIn(fields: Readonly<Record<string, unknown>>, name: string, pattern: RegExp): string | null {
  const value = fields[name] ?? null;
  if (value !== null && (typeof value !== 'string' || !pattern.test(value))) throw invalid(`${name} is not valid`);
  return typeof value === 'string' ? value : null;
}
