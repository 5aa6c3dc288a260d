import { GatewayError } from '#libs/model';
import { Client } from './client.js';
import { readSettings, type Settings } from './config/settings.js';
import { seedDemo, type SeededTenant } from './demo.js';
import { showFirstSync } from './first-sync.js';
import { loadSigningKey } from './keys.js';
import { Screen } from './screen.js';
import { Started, startSystem, type System } from './system.js';
import { writeDevTokens, type DevTokens } from './tokens.js';
import { START_USAGE, summaryOf } from './words.js';

const screen = new Screen();
const started = new Started();

/** `npm start`: everything on this machine, with a demo, until Ctrl-C. */
async function main(): Promise<void> {
  if (process.argv.includes('--help') || process.argv.includes('-h')) return void process.stdout.write(START_USAGE);
  stopOnSignals();
  const settings = readSettings();
  const key = await loadSigningKey(settings.dataDir);
  const { file, tokens } = await writeDevTokens(settings.dataDir, key);
  const system = await startSystem(settings, started, (line) => screen.say(line));
  const tenants = settings.demo ? await showDemo(system, tokens) : [];
  screen.say(summaryOf({ url: system.gateway.url, sandboxUrl: system.sandbox.url, tokensFile: file, dataDir: settings.dataDir, tenants }));
  await untilOneEnds(system, settings);
}

async function showDemo({ gateway, sandbox }: System, tokens: DevTokens): Promise<readonly SeededTenant[]> {
  const platform = new Client(gateway.url, tokens['platform'] ?? null);
  const consent = new Client(gateway.url, tokens['consent'] ?? null);
  const tenants = await seedDemo({ sandbox: new Client(`${sandbox.url}/control/kombo`, null), platform, consent });
  screen.say('First sync:');
  for (const tenant of tenants) if (tenant.enabled) await showFirstSync(platform, screen, tenant);
  return tenants;
}

async function untilOneEnds({ gateway, sandbox }: System, { dataDir }: Settings): Promise<void> {
  const name = await Promise.race([gateway.ended.then(() => 'gateway'), sandbox.ended.then(() => 'sandbox')]);
  if (!isStopping) throw new GatewayError('internal', { detail: `the ${name} ended by itself; see ${dataDir}/logs/${name}.log` });
}

let isStopping = false;

/** The first signal stops in order, the second one at once. */
function stopOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      screen.say('\nStopping …');
      void started.stop().then(() => process.exit(0));
    });
  }
}

main().catch(async (error: unknown) => {
  if (isStopping) return;
  await started.stop();
  process.stderr.write(
    `${error instanceof GatewayError ? (error.detail ?? error.message) : `could not start (${error instanceof Error ? error.name : 'unknown'})`}\n`,
  );
  process.exit(1);
});
