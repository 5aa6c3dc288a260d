import type { Api } from './world/api.js';
import { DIFFERENCES } from './world/kombo-and-native.js';
import { makeAccount } from './world/native-tenant.js';
import { compared, cutOver, nativeBeside, rollBack } from './world/switching.js';
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

/** By how much counts have moved; stages apart where the two ways name them differently. */
const moved = (before: Map<string, number>, after: Map<string, number>): Record<string, number> =>
  Object.fromEntries(
    [...after]
      .map(([what, count]) => [what, count - (before.get(what) ?? 0)] as const)
      .filter(([what, by]) => by !== 0 && (what !== 'application.stageId' || before.get(what) === 0)),
  );

interface Victims {
  /** Places at the source. */
  readonly gone: number;
  readonly renamed: number;
  readonly moved: number;
  readonly movedTo: number;
  readonly ids: { readonly gone: string; readonly renamed: string; readonly moved: string };
}

const byId = async (tenant: Tenant, list: string): Promise<ReadonlyMap<string, Json>> =>
  new Map((await tenant.records(list)).map((one: Json) => [one.id, one]));

/** People whom both ways show with the same one application, in the same stage. */
async function alike(tenant: Tenant, through: ReadonlyMap<string, Json>): Promise<readonly Json[]> {
  const natively = await byId(tenant, 'applications');
  const people: Json[] = await tenant.records('candidates');
  return people.filter(({ applications: [one, ...more] }) => {
    if (one === undefined || more.length > 0) return false;
    const [here, there] = [through.get(one.id), natively.get(one.id)];
    return here !== undefined && here.stageName === there?.stageName && here.candidateId === there?.candidateId;
  });
}

/** Three of them, by where the source has them. */
async function victims(control: Api, at: string, tenant: Tenant, people: readonly Json[]): Promise<Victims> {
  const [applications, jobs] = [await byId(tenant, 'applications'), await byId(tenant, 'jobs')];
  const indexOf = async (list: string, { remoteId }: Json): Promise<number> => {
    for (let index = 0; index < 400; index++) {
      const { body } = await control.get(`${at}/${list}/${index}`);
      if (body.id === remoteId || body.remoteId === remoteId) return index;
    }
    throw new Error(`${list} has no ${remoteId}`);
  };
  const [gone, renamed, walker] = people;
  const application = applications.get(walker.applications[0].id);
  const { stages } = jobs.get(application.jobId);
  const target = stages.find(({ name }: Json) => name !== application.stageName);
  return {
    gone: await indexOf('candidates', gone),
    renamed: await indexOf('candidates', renamed),
    moved: await indexOf('applications', application),
    movedTo: target.position,
    ids: { gone: gone.id, renamed: renamed.id, moved: application.id },
  };
}

test.each([...DIFFERENCES.keys()])('%s: the diff finds what was planted in the target, and nothing else', async (ats) => {
  const control = world.controlOf(ats);
  const account = await makeAccount(control, SIZE);
  const tenant = await Tenant.synced(api, world.control, { tool: ats, account: account.id });
  const through = await byId(tenant, 'applications');
  const throughPeople = await byId(tenant, 'candidates');
  const native = await nativeBeside(api, tenant, ats, account);
  const first = await compared(api, tenant, native);
  await cutOver(api, tenant, first);
  await tenant.settled();
  const people = await alike(tenant, through);
  await rollBack(api, tenant, first.id);
  await tenant.settled();
  const at = `/accounts/${account.id}/records`;
  // A vendor may call a person otherwise natively: the source's own name is the one that Kombo gives.
  const who = await victims(
    control,
    at,
    tenant,
    people.map(({ id }) => throughPeople.get(id)),
  );

  const diff = async () => {
    const found = await compared(api, tenant, native);
    ok(await api.delete(`/platform/v1/tenants/${tenant.id}/switches/${found.id}`));
    return found.diff;
  };
  const before = await diff();
  // Behind Kombo's back: what it holds is as old as its last sync.
  ok(await control.delete(`${at}/candidates/${who.gone}`));
  ok(await control.patch(`${at}/candidates/${who.renamed}`, { fields: { first_name: 'Planted', last_name: 'Difference' } }));
  ok(await control.post(`${at}/applications/${who.moved}/move`, { stage: who.movedTo }));
  ok(await control.post(`${at}/candidates`, {}));
  ok(await control.post(`${at}/applications`, { candidate: SIZE.candidates, job: 1 }));
  const after = await diff();
  const isStageTold = before.application.fields.stageId.different.count === 0;
  expect(moved(countsIn(before), countsIn(after))).toEqual({
    'candidate only here': 1,
    'candidate only there': 1,
    'candidate.firstName': 1,
    'candidate.lastName': 1,
    'application only here': 1,
    'application only there': 1,
    'application.stageName': 1,
    ...(isStageTold ? { 'application.stageId': 1 } : {}),
  });
  for (const [sample, id] of [
    [after.candidate.onlyHere, who.ids.gone],
    [after.candidate.fields.firstName.different, who.ids.renamed],
    [after.application.fields.stageName.different, who.ids.moved],
  ] as const) {
    expect(sample.ids).toHaveLength(Math.min(sample.count, 20));
    if (sample.count <= 20) expect(sample.ids).toContain(id);
  }
});
