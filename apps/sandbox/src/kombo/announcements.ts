import type { Resource } from '#libs/model';
import type { Integration, State } from './integration.js';
import type { Kombo } from './kombo.js';
import { marked } from './markers.js';
import { hidden } from './records/parts.js';
import type { Webhook } from './webhooks.js';

const MODELS: { readonly [R in Resource]: string } = {
  user: 'ats_users',
  job: 'ats_jobs',
  candidate: 'ats_candidates',
  application: 'ats_applications',
};

/** Tells the environment's receiver; nobody waits for it. */
export function announce(
  kombo: Kombo,
  integration: Integration,
  webhook: Webhook,
): Promise<{ readonly id: string; readonly status: number | null }> {
  const { id, environmentId } = integration.identity;
  const data = marked(integration, 'webhook', { ...webhook.data, ...unpublished(integration) });
  return kombo.webhooksOf(environmentId).send(id, { ...webhook, data: typeof data === 'object' && data !== null ? data : {} });
}

/** Kombo may add fields one day, on every level, and what it calls them is its own word. */
function unpublished(integration: Integration): object {
  if (integration.behaviour.canary === null) return {};
  const text = hidden(integration, 'new');
  return { [hidden(integration, 'new_key')]: text, new_object: { [hidden(integration, 'new_key')]: [{ text }] } };
}

export const modelsOf = (resources: Iterable<Resource>): string[] => [...new Set(resources)].map((resource) => MODELS[resource]);

export const endUserOf = ({ identity }: Integration) => ({
  organization_name: identity.organizationName,
  // A person's address, which nobody needs.
  creator_email: 'hr@customer.example',
  origin_id: identity.originId,
});

/** `data-changed` (Kombo OpenAPI, 2026-05-02): names of models, no ids, no times. */
export const dataChanged = ({ identity }: Integration, models: readonly string[]): Webhook => ({
  type: 'data-changed',
  data: {
    integration_id: identity.id,
    integration_tool: identity.tool,
    integration_category: 'ATS',
    changed_models: models.map((name) => ({ name })),
  },
});

export const syncFinished = (integration: Integration, startedMs: number, endedMs: number, state = 'SUCCEEDED'): Webhook => ({
  type: 'sync-finished',
  data: {
    sync_id: integration.ids.idOf('job', integration.syncCount),
    sync_state: state,
    sync_started_at: new Date(startedMs).toISOString(),
    sync_ended_at: new Date(endedMs).toISOString(),
    sync_duration_seconds: Math.round((endedMs - startedMs) / 1000),
    integration_id: integration.identity.id,
    integration_tool: integration.identity.tool,
    integration_category: 'ATS',
    end_user: endUserOf(integration),
    log_url: 'https://app.kombo.example/main/logs?interactionId=2',
  },
});

export const stateChanged = (integration: Integration, atMs: number): Webhook => ({
  type: 'integration-state-changed',
  data: {
    integration_tool: integration.identity.tool,
    integration_id: integration.identity.id,
    integration_category: 'ATS',
    end_user: endUserOf(integration),
    qa_status: integration.state.qaStatus,
    setup_status: integration.state.setupStatus,
    state: integration.state.status,
    updated_at: new Date(atMs).toISOString(),
  },
});

export const created = (integration: Integration): Webhook => ({
  type: 'integration-created',
  data: { id: integration.identity.id, tool: integration.identity.tool, category: 'ATS', end_user: endUserOf(integration) },
});

export const deleted = (integration: Integration, atMs: number): Webhook => ({
  type: 'integration-deleted',
  data: {
    id: integration.identity.id,
    tool: integration.identity.tool,
    category: 'ATS',
    end_user: endUserOf(integration),
    deleted_at: new Date(atMs).toISOString(),
  },
});

/** What `integration-state-changed` is sent for: any of the three is another. */
export const told = ({ status, setupStatus, qaStatus }: State): string => [status, setupStatus, qaStatus].join();

/** An attempt of a customer's that failed; they may still succeed. */
export const connectionFailed = (tool: string, endUser: object): Webhook => ({
  type: 'connection-flow-failed',
  data: {
    integration_tool: tool,
    integration_category: 'ATS',
    end_user: endUser,
    log_url: 'https://app.kombo.example/main/logs?interactionId=3',
  },
});
