import { readFileSync } from 'node:fs';
import type { Api } from './world/api.js';
import type { Differences } from './world/differences.js';
import { DIFFERENCES } from './world/kombo-and-native.js';
import { makeAccount, syncNative } from './world/native-tenant.js';
import { LISTS, readable } from './world/readable.js';
import { Tenant } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
});
afterAll(() => world.close());

// oxlint-disable-next-line typescript/no-explicit-any -- whatever the API answers is compared, field by field
type Json = any;

/** The same account read both ways, and every difference that no documented one explains. */
async function unexplained(ats: string, { keyOf = {}, fields = [], missing = [] }: Differences) {
  const control = world.controlOf(ats);
  const account = await makeAccount(control, { candidates: 150, jobs: 100, users: 20, seed: 7 });
  const natively = await readable(await syncNative(api, control, ats, account));
  const throughKombo = await readable(await Tenant.synced(api, world.control, { tool: ats, account: account.id }));
  const used = new Set<object>();
  const found: Json[] = [];
  for (const list of LISTS) {
    const key = keyOf[list] ?? ((record: Json) => record.remoteId);
    const [here, there] = [natively[list], throughKombo[list]].map(
      (records) => new Map(records.map((record: Json) => [key(record), record])),
    );
    for (const name of new Set([...(here?.keys() ?? []), ...(there?.keys() ?? [])])) {
      const [ours, theirs] = [here?.get(name), there?.get(name)];
      if (ours === undefined || theirs === undefined) {
        const rule = missing.find(
          (one) => one.list === list && one.from === (ours === undefined ? 'native' : 'kombo') && one.explains(ours ?? theirs),
        );
        if (rule === undefined) found.push({ list, name, missing: ours === undefined ? 'natively' : 'through Kombo' });
        else used.add(rule);
        continue;
      }
      for (const field of Object.keys({ ...ours, ...theirs })) {
        if (JSON.stringify(ours[field]) === JSON.stringify(theirs[field])) continue;
        const rule = fields.find(
          (one) => one.list === list && one.field === field && one.explains(ours[field], theirs[field], { ours, theirs }),
        );
        if (rule === undefined) found.push({ list, name, field, natively: ours[field], throughKombo: theirs[field] });
        else used.add(rule);
      }
    }
  }
  expect(natively.applications.length).toBeGreaterThan(100);
  return { found: firstOfEach(found), unused: [...fields, ...missing].filter((rule) => !used.has(rule)).map(({ why }) => why) };
}

/** One example of each kind says enough. */
const firstOfEach = (found: readonly Json[]) => [
  ...new Map(found.toReversed().map((one) => [`${one.list}.${one.field ?? one.missing}`, one])).values(),
];

describe.each([...DIFFERENCES])('the same %s account', (ats, differences) => {
  test('gives the same records through Kombo and natively, but for what is documented', async () => {
    expect(await unexplained(ats, differences)).toEqual({ found: [], unused: [] });
  });

  test('differs in nothing that the documentation does not say', () => {
    const page = readFileSync(new URL('../docs/kombo-and-native.md', import.meta.url), 'utf8');
    const chapter = (page.split(`## ${ats}\n`)[1]?.split('\n## ')[0] ?? '').replace(/ +/g, ' ');
    for (const { list, why, ...rest } of [...(differences.fields ?? []), ...(differences.missing ?? [])]) {
      const what = 'field' in rest ? `${list}.${rest.field}` : list;
      expect(chapter).toContain(`| \`${what}\` | ${why} |`);
    }
  });
});
