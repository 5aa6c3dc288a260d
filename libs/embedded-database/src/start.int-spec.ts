import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type EmbeddedDatabase, removeAbandonedDatabase, startEmbeddedDatabase } from './index.js';
import { processIdentity } from './process-identity.js';

const repository = path.resolve(import.meta.dirname, '../../..');

describe('the embedded database', () => {
  let dataDir: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'embedded-database-'));
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map(kill));
    await removeAbandonedDatabase(dataDir);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  it('finds its data and its passwords at the second start', async () => {
    const first = await start();
    await query(first.ownerUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
    await first.stop();

    const second = await start();
    await expect(query(second.ownerUrl, 'SELECT n FROM kept')).resolves.toEqual([{ n: 7 }]);
    expect(new URL(second.appUrl).password).toBe(new URL(first.appUrl).password);
    await second.stop();
  });

  it('works in a directory that only its owner may enter, and keeps its passwords to itself', async () => {
    await chmod(dataDir, 0o700);
    const database = await start();

    const { mode } = await stat(path.join(dataDir, 'database/credentials.json'));
    expect(mode & 0o777).toBe(0o600);
    await database.stop();
  });

  it('keeps values and statements out of its own log', async () => {
    const database = await start();
    await query(database.ownerUrl, 'CREATE TABLE person (email text UNIQUE)');
    await query(database.ownerUrl, `INSERT INTO person VALUES ('ada@lovelace.example')`);
    await expect(query(database.ownerUrl, `INSERT INTO person VALUES ('ada@lovelace.example')`)).rejects.toMatchObject({ code: '23505' });
    await database.stop();

    const log = await readFile(path.join(dataDir, 'database/postgres.log'), 'utf8');
    expect(log).toContain('person_email_key');
    expect(log).not.toContain('lovelace');
    expect(log).not.toContain('INSERT');
  });

  it('refuses a directory that a live process holds, and names that process', async () => {
    const { starter } = await startElsewhere();

    await expect(start()).rejects.toMatchObject({
      kind: 'conflict',
      context: { pid: starter.pid },
      detail: expect.stringContaining('DATA_DIR'),
    });
    await kill(starter);
  });

  it('starts after the starter was killed and its server lives on', async () => {
    const { starter } = await startElsewhere();
    const orphan = await postmasterPid();
    await kill(starter);
    expect(processIdentity(orphan)).toBeDefined();

    await expectStartWithData();
    expect(processIdentity(orphan)).toBeUndefined();
  });

  it('starts after starter and server were killed', async () => {
    const { starter } = await startElsewhere();
    process.kill(await postmasterPid(), 'SIGKILL');
    await kill(starter);

    await expectStartWithData();
  });

  it("starts when the killed server's pid belongs to another process by now, and leaves that one alone", async () => {
    const { starter } = await startElsewhere();
    process.kill(await postmasterPid(), 'SIGKILL');
    await kill(starter);
    const bystander = spawn('sleep', ['60']);
    children.push(bystander);
    await replacePostmasterPid(String(bystander.pid));

    await expectStartWithData();
    expect(bystander.exitCode).toBeNull();
  });

  it('begins anew where the first creation was cut off', async () => {
    const script = `process.nextTick(() => setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100));`;
    const [, signal] = await once(runScript(`${script} await startEmbeddedDatabase({ dataDir: ${JSON.stringify(dataDir)} });`), 'exit');
    expect(signal).toBe('SIGKILL');

    const database = await start();
    await expect(query(database.appUrl, 'SELECT 1 AS n')).resolves.toEqual([{ n: 1 }]);
    await database.stop();
  });

  function start(): Promise<EmbeddedDatabase> {
    return startEmbeddedDatabase({ dataDir });
  }

  /** In a process of its own, with a table `kept`. */
  async function startElsewhere(): Promise<{ starter: ChildProcess }> {
    const starter = runScript(`
      const { ownerUrl } = await startEmbeddedDatabase({ dataDir: ${JSON.stringify(dataDir)} });
      console.log(ownerUrl);
      setInterval(() => undefined, 1000);`);
    children.push(starter);
    const [ownerUrl] = await once(starter.stdout ?? starter, 'data');
    await query(String(ownerUrl).trim(), 'CREATE TABLE kept AS SELECT 7 AS n');
    return { starter };
  }

  async function expectStartWithData(): Promise<void> {
    const database = await start();
    await expect(query(database.ownerUrl, 'SELECT n FROM kept')).resolves.toEqual([{ n: 7 }]);
    await database.stop();
  }

  async function postmasterPid(): Promise<number> {
    return Number.parseInt(await readFile(path.join(dataDir, 'database/cluster/postmaster.pid'), 'utf8'), 10);
  }

  async function replacePostmasterPid(pid: string): Promise<void> {
    const file = path.join(dataDir, 'database/cluster/postmaster.pid');
    const content = await readFile(file, 'utf8');
    await writeFile(file, content.replace(/^\d+/, pid));
  }
});

function runScript(body: string): ChildProcess {
  const prelude = `
    import { registerTypeScript } from './scripts/typescript-loader.js';
    registerTypeScript();
    const { startEmbeddedDatabase } = await import('./libs/embedded-database/src/index.ts');`;
  return spawn(process.execPath, ['--input-type=module', '-e', prelude + body], { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows;
  } finally {
    await client.end();
  }
}
