import pg from 'pg';
import { createDatabase, type TestDatabase } from '#libs/testkit';
import { logSettingsThatTell } from './log-settings.js';
import { Store } from './store.js';

let database: TestDatabase;
beforeAll(async () => (database = await createDatabase()));
afterAll(() => database.drop());

async function told(): Promise<string[]> {
  const store = await Store.open({ url: database.appUrl, poolMax: 2, privileged: 'refuse' });
  try {
    return await store.inPlatform(logSettingsThatTell);
  } finally {
    await store.close();
  }
}

test('a database whose log would repeat values is known by the settings that are to blame', async () => {
  expect(await told()).toEqual([]);
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ name: string }>('select current_database() as name');
  for (const setting of ['log_error_verbosity = verbose', 'log_parameter_max_length = 100'])
    await admin.query(`alter database "${rows[0]?.name}" set ${setting}`);
  await admin.end();
  expect(await told()).toEqual(['log_error_verbosity', 'log_parameter_max_length']);
});
