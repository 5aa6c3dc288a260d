import { ENVIRONMENTS } from '../kombo/environments.js';
import { freeId } from '../kombo/ids.js';
import { DEFAULT_BEHAVIOUR, Integration, type Behaviour } from '../kombo/integration.js';
import { Records, type Recipe } from '../live/records.js';
import type { Kombo } from '../kombo/kombo.js';
import { findAccount } from './addressing.js';
import { ControlError, type Body } from './checked.js';
import { readRecipe } from './recipe.js';

const INTEGRATION_ID = /^[a-z][a-z0-9]{1,40}:[1-9A-HJ-NP-Za-km-z]{24}$/;
/** What may stand in an address and a link as it is. */
const CANARY = /^[A-Za-z0-9-]{4,64}$/;

/** Idempotent for the same id: a second call finds the first one's integration, and is refused if it asked for other records. */
export function createIntegration(kombo: Kombo, body: Body): { integration: Integration; created: boolean } {
  const givenId = body.text('id', INTEGRATION_ID);
  const tool = givenId?.split(':')[0] ?? body.text('tool', /^[a-z][a-z0-9]{1,40}$/) ?? 'sandbox';
  if ((body.text('tool') ?? tool) !== tool) throw new ControlError('tool must be the first part of the id');
  const id = givenId ?? `${tool}:${freeId(`integration ${kombo.integrations.size} ${kombo.clock.nowMs()} ${tool}`)}`;
  const environment = body.oneOf('environment', ['main', 'second']) ?? 'main';
  const identity = {
    id,
    tool,
    environmentId: ENVIRONMENTS.find(({ name }) => name === environment)?.id ?? '',
    originId: body.nullableText('originId') ?? null,
    organizationName: body.text('organizationName') ?? 'Sandbox customer',
    createdAt: kombo.clock.now().toISOString(),
  };
  const shared = accountIn(kombo, tool, body);
  const recipe = shared?.recipe ?? readRecipe(body);
  const behaviour = readBehaviour(body, DEFAULT_BEHAVIOUR);
  body.end();
  const existing = kombo.integrations.get(id);
  if (existing !== undefined) return { integration: sameAs(existing, recipe), created: false };
  const integration = new Integration(identity, shared ?? new Records(recipe, kombo.clock), behaviour);
  kombo.integrations.set(id, integration);
  return { integration, created: true };
}

export function readBehaviour(body: Body, before: Behaviour): Behaviour {
  const canary = body.nullableText('canary', CANARY);
  const admittedCanary = body.nullableText('admittedCanary', CANARY);
  const actionWarning = body.nullableText('actionWarning');
  return {
    canary: canary === undefined ? before.canary : canary,
    admittedCanary: admittedCanary === undefined ? before.admittedCanary : admittedCanary,
    onlyCreatedApplications: body.boolean('onlyCreatedApplications') ?? before.onlyCreatedApplications,
    unsupportedFilters: body.list('unsupportedFilters')?.map(String) ?? before.unsupportedFilters,
    stageRenameTouchesApplications: body.boolean('stageRenameTouchesApplications') ?? before.stageRenameTouchesApplications,
    forceSync: body.oneOf('forceSync', ['at-once', 'queued']) ?? before.forceSync,
    upstreamWebhooks: body.boolean('upstreamWebhooks') ?? before.upstreamWebhooks,
    oldDeletions: body.oneOf('oldDeletions', ['gone', 'anonymised']) ?? before.oldDeletions,
    concurrencyLimit: body.integer('concurrencyLimit', 0, 10_000) ?? before.concurrencyLimit,
    actionMs: body.integer('actionMs', 0, 600_000) ?? before.actionMs,
    actionWarning: actionWarning === undefined ? before.actionWarning : actionWarning,
  };
}

/** `account`: what Kombo is connected to is an account of the ATS's own stand-in, and both show the same people. */
function accountIn(kombo: Kombo, tool: string, body: Body): Records | undefined {
  const id = body.text('account');
  if (id === undefined) return undefined;
  const ats = kombo.atses.find(({ vendor }) => vendor.slug === tool);
  if (ats === undefined) throw new ControlError('account needs a tool that there is a stand-in for');
  return findAccount(ats, id).records;
}

function sameAs(existing: Integration, recipe: Recipe): Integration {
  if (JSON.stringify(existing.recipe) === JSON.stringify(recipe)) return existing;
  throw new ControlError('an integration of this id exists and was made with other numbers', 409);
}
