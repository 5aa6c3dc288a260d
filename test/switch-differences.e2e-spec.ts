import type { Api } from './world/api.js';
import { DIFFERENCES } from './world/kombo-and-native.js';
import { makeAccount } from './world/native-tenant.js';
import { compared, nativeBeside } from './world/switching.js';
import { ok, Tenant } from './world/tenant.js';
import { World } from './world/world.js';

// oxlint-disable-next-line typescript/no-explicit-any -- whatever the API answers is looked at
type Json = any;

const SIZE = { candidates: 150, jobs: 12, users: 8, seed: 7 };

let world: World;
let api: Api;
beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
});
afterAll(() => world.close());

/** What a diff counts, by what it is about; times apart, they move with every change. */
function countsIn(diff: Json): Map<string, number> {
  const counts = new Map<string, number>();
  for (const resource of ['user', 'job', 'candidate', 'application']) {
    const { onlyHere, onlyThere, fields } = diff[resource];
    counts.set(`${resource} only here`, onlyHere.count);
    counts.set(`${resource} only there`, onlyThere.count);
    for (const [field, { different }] of Object.entries<Json>(fields)) {
      if (!field.startsWith('remote')) counts.set(`${resource}.${field}`, different.count);
    }
  }
  return counts;
}

/** By how much counts have moved. */
const moved = (before: Map<string, number>, after: Map<string, number>): Record<string, number> =>
  Object.fromEntries([...after].map(([what, count]) => [what, count - (before.get(what) ?? 0)] as const).filter(([, by]) => by !== 0));

test.each([...DIFFERENCES.keys()])('%s: the diff finds what was planted in the target, and nothing else', async (ats) => {
  const control = world.controlOf(ats);
  const account = await makeAccount(control, SIZE);
  const tenant = await Tenant.synced(api, world.control, { tool: ats, account: account.id });
  const through = new Map<string, Json>((await tenant.records('applications')).map((one: Json) => [one.id, one]));
  const native = await nativeBeside(api, tenant, ats, account);
  const activate = async (id: string) => {
    ok(await api.post(`/platform/v1/tenants/${tenant.id}/integrations/${id}/activate`));
    await tenant.settled();
  };
  await activate(native);
  const people: Json[] = await tenant.records('candidates');
  const natively = new Map<string, Json>((await tenant.records('applications')).map((one: Json) => [one.id, one]));
  await activate(tenant.integrationId);
  const switches = `/platform/v1/tenants/${tenant.id}/switches`;
  const diff = async () => {
    const found = await compared(api, tenant, native);
    ok(await api.delete(`${switches}/${found.id}`));
    return countsIn(found.diff);
  };
  const before = await diff();

  // People whom both ways show with the same one application.
  const alike = people.filter(({ applications }) => {
    const [one] = applications;
    return (
      applications.length === 1 && through.get(one.id) !== undefined && through.get(one.id).stageName === natively.get(one.id).stageName
    );
  });
  const at = `/accounts/${account.id}/records`;
  console.log(ats, alike.length, JSON.stringify((await control.get(`${at}/candidates/3`)).body).slice(0, 600), Object.fromEntries(before));
});
