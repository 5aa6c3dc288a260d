import { setTimeout as pause } from 'node:timers/promises';
import { once } from 'node:events';
import { Client } from './client.js';
import type { Settings } from './config/settings.js';
import { ensureDataDirectory } from './data-directory.js';
import { seedDemo, type SeededTenant } from './demo.js';
import { partnerKeyFile } from './demo-partner.js';
import { showFirstSyncs } from './first-sync.js';
import type { Screen } from './screen.js';
import type { Started } from './started.js';
import { startSystem, type System } from './system.js';
import { writeDevelopmentTokens, type WrittenTokens } from './tokens.js';
import { summaryOf } from './words.js';

interface Surroundings {
  readonly started: Started;
  readonly screen: Screen;
  readonly signal: AbortSignal;
}

/** A child that dies takes a call to it along; its own last words say more than the call's failure. */
const LAST_WORDS_WITHIN_MS = 500;

/** Starts everything, makes the demo, says what is where, and stays until the signal aborts. Throws when a child dies. */
export async function tell(settings: Settings, surroundings: Surroundings): Promise<void> {
  const { screen, signal } = surroundings;
  const { DATA_DIR, AUTH_JWKS_URL, GATEWAY_ROLES } = settings.gateway;
  ensureDataDirectory(DATA_DIR);
  // Before the gateway starts: it reads the public key when it does.
  const written = AUTH_JWKS_URL === undefined ? await writeDevelopmentTokens(DATA_DIR, settings.gateway) : null;
  screen.say('The ATS gateway, for development\n');
  const system = await startSystem(settings, surroundings);
  const use = async () => {
    if (GATEWAY_ROLES.includes('api')) await sendWebhooks(system, signal);
    const tenants = await demonstrate(settings, system, written, surroundings);
    const { gateway, sandbox } = system;
    const tokensFile = GATEWAY_ROLES.includes('api') ? (written?.file ?? null) : null;
    screen.say(summaryOf({ url: gateway.url, sandboxUrl: sandbox.url, dataDir: DATA_DIR, tokensFile, tenants }));
    await interruption(signal);
  };
  await unlessOneDies(system, use(), signal);
}

/** As somebody would set it in Kombo's dashboard. */
async function sendWebhooks({ gateway, sandbox }: System, signal: AbortSignal): Promise<void> {
  await new Client(`${sandbox.url}/control/kombo`, null, signal).put('/webhooks', { url: `${gateway.url}/webhooks/kombo` });
}

async function unlessOneDies({ gateway, sandbox }: System, use: Promise<void>, signal: AbortSignal): Promise<void> {
  const died = Promise.race([gateway.process.died, sandbox.process.died]);
  const patient = use.catch(async (error: unknown) => {
    await pause(LAST_WORDS_WITHIN_MS);
    throw error;
  });
  await Promise.race([died, patient, interruption(signal)]);
}

async function interruption(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

async function demonstrate(
  settings: Settings,
  { gateway, sandbox }: System,
  written: WrittenTokens | null,
  { screen, signal }: Surroundings,
): Promise<readonly SeededTenant[]> {
  const roles = settings.gateway.GATEWAY_ROLES;
  if (!settings.demo) return [];
  if (written === null || !roles.includes('api')) {
    screen.say(`\nNo demo tenants: ${written === null ? 'AUTH_JWKS_URL is set, so the tokens are not ours' : 'GATEWAY_ROLES lacks api'}.`);
    return [];
  }
  const { reader, platform, consent } = written.tokens;
  const client = (token: string) => new Client(gateway.url, token, signal);
  const clients = { reader: client(reader), platform: client(platform), consent: client(consent) };
  const standIn = (name: string) => new Client(`${sandbox.url}/control/${name}`, null, signal);
  const partnerAccess = { keyFile: partnerKeyFile(settings.gateway.DATA_DIR), partner: client };
  const tenants = await seedDemo({ ...clients, partnerAccess, sandbox: standIn, webhooksUrl: `${gateway.url}/webhooks` });
  signal.throwIfAborted();
  screen.say('\nDemo tenants');
  for (const line of tenants.map(standingLine).filter((one) => one !== null)) screen.say(line);
  if (roles.includes('worker')) await showFirstSyncs(clients.platform, screen, tenants);
  else screen.say('  GATEWAY_ROLES lacks worker: nothing is synced by this process.');
  return tenants;
}

/** Null for a tenant that is being read: it gets a bar. */
function standingLine({ tenant, standing }: SeededTenant): string | null {
  const name = `  ${tenant.name.padEnd(16)}`;
  if (standing.state === 'syncing') return null;
  if (standing.state === 'sent') return `${name}${standing.records.toLocaleString('en-US')} records, sent by the ATS itself`;
  if (standing.state === 'not-enabled') return `${name}has signed, and not enabled the integration: nothing is read`;
  if (standing.state === 'read') return `${name}${standing.records.toLocaleString('en-US')} records, read at ${standing.freshAsOf}`;
  return `${name}is not read: ${standing.reason}`;
}
