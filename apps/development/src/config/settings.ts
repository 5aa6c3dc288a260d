import path from 'node:path';
import { GatewayError } from '#libs/model';
import type { Environment } from '../../../gateway/src/config/environment.js';
import { validateEnvironment } from '../../../gateway/src/config/validate.js';
import { ENVIRONMENTS } from '../../../sandbox/src/kombo/environments.js';

const DEFAULT_SANDBOX_PORT = '4010';

/** The gateway's variables that are only known once everything before it runs; they are checked in this form. */
/** What the demo's recruiters can order. */
const PACKAGES = 'logic=Logic test,personality=Personality test,role-fit=Role fit';

const FILLED_IN_LATER = {
  DATABASE_URL: 'postgresql://127.0.0.1/embedded',
  ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
};

/** What `npm start` and `npm run token` were told by the environment, checked. */
export interface Settings {
  /** The gateway's own, with its defaults; the addresses that are filled in later stand for nothing. `DATA_DIR` is absolute. */
  readonly gateway: Environment;
  /** What somebody has set, under its own name. */
  readonly given: Readonly<Record<string, string>>;
  /** 0 takes a free one. */
  readonly sandboxPort: number;
  readonly demo: boolean;
  /** npm is our parent: without it there is nobody to serve. */
  readonly startedByNpm: boolean;
}

/** Throws `config-invalid` naming every variable at fault. */
export function settingsOfProcess(): Settings {
  return readSettings(process.env);
}

export function readSettings(raw: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(raw).filter(isSet));
  if (given['NODE_ENV'] === 'production') {
    throw new GatewayError('config-invalid', {
      detail: 'this is for development; with NODE_ENV=production use "npm run build" and "npm run start:prod"',
    });
  }
  const [sandbox] = ENVIRONMENTS;
  const kombo = { KOMBO_API_KEY: sandbox.apiKey, KOMBO_WEBHOOK_SECRET: sandbox.webhookSecret };
  const gateway = validateEnvironment({
    ...FILLED_IN_LATER,
    ...kombo,
    EGRESS_ALLOW_HOSTS: '127.0.0.1',
    RESULT_URL_HOSTS: 'reports.alva.example',
    ASSESSMENT_PACKAGES: PACKAGES,
    ...given,
  });
  gateway.DATA_DIR = path.resolve(gateway.DATA_DIR);
  const startedByNpm = given['npm_lifecycle_event'] !== undefined;
  return { gateway, given, sandboxPort: sandboxPortIn(given), demo: demoIn(given), startedByNpm };
}

function isSet(entry: [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined && entry[1] !== '';
}

function sandboxPortIn({ SANDBOX_PORT = DEFAULT_SANDBOX_PORT }: Settings['given']): number {
  const port = Number(SANDBOX_PORT);
  if (/^\d{1,5}$/.test(SANDBOX_PORT) && port <= 65_535) return port;
  throw new GatewayError('config-invalid', { detail: 'SANDBOX_PORT is not valid: give a port number, 0 for any free one' });
}

function demoIn({ DEMO = 'true' }: Settings['given']): boolean {
  if (DEMO === 'true' || DEMO === 'false') return DEMO === 'true';
  throw new GatewayError('config-invalid', { detail: 'DEMO is not valid: give true or false' });
}
