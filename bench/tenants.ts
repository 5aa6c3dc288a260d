import { DPA, ENABLED, Tenant } from '../test/world/tenant.js';
import type { Ground } from './ground.js';
import type { Server } from './process.js';

/** Tenants who consent, and whose integration is active: as the API makes them. */
export async function makeTenants(ground: Ground, gateway: Server, sandbox: Server, count: number): Promise<Tenant[]> {
  const [api, control] = [ground.api(gateway), ground.control(sandbox)];
  const tenants: Tenant[] = [];
  for (let made = 0; made < count; made++) {
    const tenant = await Tenant.link(api, control, { candidates: 0 });
    await tenant.consent(DPA);
    await tenant.consent(ENABLED);
    await tenant.activate();
    tenants.push(tenant);
  }
  return tenants;
}
