import { randomUUID } from 'node:crypto';
import type { Api } from './api.js';
import { DPA, ENABLED, ok } from './tenant.js';

/** A tenant whose ATS has built the integration itself: active, with a key. */
export interface PartnerTenant {
  readonly id: string;
  readonly integrationId: string;
  readonly key: string;
  /** The partner API, as the ATS calls it. */
  readonly partner: Api;
}

export async function linkPartner(api: Api): Promise<Omit<PartnerTenant, 'key' | 'partner'>> {
  const id = randomUUID();
  ok(await api.put(`/platform/v1/tenants/${id}`, { name: 'Partner' }));
  const { body } = ok(await api.post(`/platform/v1/tenants/${id}/integrations`, { type: 'partner', ats: 'jobylon' }));
  return { id, integrationId: body.id };
}

export async function partnerTenant(api: Api): Promise<PartnerTenant> {
  const { id, integrationId } = await linkPartner(api);
  for (const entry of [{ ...DPA, subProcessors: [] }, ENABLED]) ok(await api.post(`/platform/v1/tenants/${id}/consents`, entry));
  ok(await api.post(`/platform/v1/tenants/${id}/integrations/${integrationId}/activate`));
  const { body } = ok(await api.post(`/platform/v1/tenants/${id}/integrations/${integrationId}/keys`));
  return { id, integrationId, key: body.key, partner: api.as(body.key) };
}

export const JOB = {
  name: 'Engineer',
  status: 'open',
  visibility: 'public',
  location: { city: 'Stockholm', country: 'SE' },
  stages: [
    { id: 'applied', name: 'Applied' },
    { id: 'alva', name: 'Alva assessment' },
  ],
  hiringTeam: ['u-1'],
};
export const USER = { firstName: 'Ada', lastName: 'Berg', email: 'ada@ats.example' };
export const CANDIDATE = { firstName: 'Nils', lastName: 'Holm', email: 'nils@mail.example', createdAt: '2026-11-20T08:00:00Z' };
export const APPLICATION = { candidateId: 'c-1', jobId: 'j-1', stageId: 'alva', createdAt: '2026-11-20T08:00:00Z' };
