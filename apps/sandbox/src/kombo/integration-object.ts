import { readModels, writeActions } from './coverage.js';
import type { Integration } from './integration.js';
import { hidden, hiddenEmail } from './records/parts.js';

/** `GET /integrations/{id}` (Kombo OpenAPI, 2026-05-02). */
export function integrationObject(integration: Integration): unknown {
  const { identity, state } = integration;
  const label = identity.tool.charAt(0).toUpperCase() + identity.tool.slice(1);
  return {
    id: identity.id,
    tool: {
      id: identity.tool,
      label,
      internal_label: null,
      logo_url: `https://storage.example/tools/${identity.tool}/logo.svg`,
      icon_url: `https://storage.example/tools/${identity.tool}/icon.svg`,
    },
    category: 'ATS',
    status: state.status,
    setup_status: state.setupStatus,
    end_user: {
      organization_name: hidden(integration, identity.organizationName),
      creator_email: hiddenEmail(integration, 'hr@customer.example'),
      origin_id: identity.originId,
    },
    scope_config: { id: '222k7eCGyUdgt2JWZDNnkDs3', name: 'Default' },
    data_expired_at: state.dataExpiredAt,
    created_at: identity.createdAt,
    beta: false,
    read_models: [...readModels(integration), ...newModels(integration)],
    write_actions: writeActions(integration),
  };
}

/** Kombo may add models one day, and what it calls them is its own word. */
function newModels(integration: Integration): unknown[] {
  if (integration.behaviour.canary === null) return [];
  const name = hidden(integration, 'ats_new_model');
  return [{ id: name, label: name, ...AVAILABLE, fields: [{ id: hidden(integration, 'new_field'), ...AVAILABLE }] }];
}

const AVAILABLE = { is_available: true, coverage_status: 'SUPPORTED' };
