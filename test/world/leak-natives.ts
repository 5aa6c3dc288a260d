import type { Api } from './api.js';
import { FORBIDDEN, type LeakStage } from './leak-stage.js';
import { linkNative, makeAccount } from './native-tenant.js';
import { DPA, ENABLED, ok, until, type Tenant } from './tenant.js';

export const NATIVE_ATSS = ['greenhouse', 'teamtailor', 'lever', 'workable', 'smartrecruiters', 'ashby', 'recruitee'] as const;

const FIRST = 9_200;

/** One marker for each ATS: it stands in everything that its stand-in sends and the allowlist does not admit. */
export const NATIVE_MARKERS: Readonly<Record<number, string>> = Object.fromEntries(
  NATIVE_ATSS.map((ats, place) => [FIRST + place, `whatever ${ats} sends`]),
);

/** Faults whose answers carry the marker too. */
const FAULTS = [{ kind: 'html', status: 503 }, { kind: 'error', status: 403 }, { kind: 'error', status: 418 }, { kind: 'broken-json' }];

/** A native tenant of each ATS: read, changed, told by webhook, spoiled, refused, and read again. */
export async function syncNatively(stage: LeakStage, api: Api, read: (tenant: Tenant) => Promise<void>): Promise<void> {
  await Promise.all(NATIVE_ATSS.map((ats, place) => live(stage, api, ats, FORBIDDEN.marker(FIRST + place)).then(read)));
}

async function live(stage: LeakStage, api: Api, ats: string, canary: string): Promise<Tenant> {
  const control = stage.world.controlOf(ats);
  const account = await makeAccount(control, { candidates: 30, jobs: 6, users: 6, seed: 95, canary });
  const tenant = await linkNative(api, control, ats, account);
  await tenant.consent({ ...DPA, subProcessors: [] });
  await tenant.consent(ENABLED);
  await tenant.activate();
  succeeded(ats, await tenant.settled());
  ok(await control.patch(`/accounts/${account.id}`, { webhookUrl: `${api.url}/webhooks/${ats}/${tenant.integrationId}` }));
  await tenant.atSource('patch', '/records/candidates/2', { fields: { last_name: 'Changed' } });
  await tenant.atSource('post', '/records/applications/2/move', { stage: 1 });
  await until(async () => ((await control.get(`/accounts/${account.id}/webhooks`)).body.sent.some(isAnswered) ? true : null));
  await tenant.settled();
  await control.post('/faults', { kind: 'unknown-keys', times: 6 });
  await control.post('/faults', { kind: 'malformed', as: 'wrong-types', skip: 1, times: 2 });
  await tenant.sync('full');
  for (const fault of FAULTS) {
    await control.post('/faults', { ...fault, times: null });
    await tenant.sync('full');
    await api.post(`/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}/check`);
    await control.delete('/faults');
  }
  succeeded(ats, await tenant.sync('full'));
  return tenant;
}

const isAnswered = ({ status }: { readonly status: number | null }): boolean => status === 200;

function succeeded(ats: string, { state, error }: { readonly state: string; readonly error: string | null }): void {
  if (state !== 'succeeded') throw new Error(`a run of ${ats} ended ${state} (${error})`);
}
