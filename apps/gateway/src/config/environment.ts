import { Transform } from 'class-transformer';
import { ArrayNotEmpty, IsBase64, IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { Documented } from './documented.js';

export const ROLES = ['api', 'worker', 'scheduler'] as const;
export type Role = (typeof ROLES)[number];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const list = ({ value }: { value: unknown }) =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    : value;
const wholeNumber = ({ value }: { value: unknown }) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value);
const url = { require_tld: false, require_protocol: true };

/** Every environment variable of the gateway, declared once. `docs/generated/config.md` is made from it. */
export class Environment {
  @Documented('`production` refuses to start without secrets, and as an owner of the tables')
  @IsIn(['development', 'test', 'production'])
  NODE_ENV: 'development' | 'test' | 'production' = 'development';

  @Documented('Node’s own options; in production none that writes memory to files or opens it to a debugger')
  @IsString()
  NODE_OPTIONS: string = '';

  @Documented('the address that the gateway listens on')
  @IsNotEmpty()
  HOST: string = '127.0.0.1';

  @Documented('the port that the gateway listens on; 0 takes a free one')
  @Transform(wholeNumber)
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT: number = 3000;

  @Documented('the address that ATSs and browsers reach the gateway under: for webhooks and OAuth')
  @IsUrl({ ...url, protocols: ['http', 'https'] })
  PUBLIC_URL: string = 'http://localhost:3000';

  @Documented('PostgreSQL ≥ 15, as the application’s login: never the owner of the tables')
  @IsUrl({ ...url, protocols: ['postgres', 'postgresql'] })
  DATABASE_URL!: string;

  @Documented('PostgreSQL as the owner of the tables: for `npm run migrate` alone')
  @IsOptional()
  @IsUrl({ ...url, protocols: ['postgres', 'postgresql'] })
  DATABASE_OWNER_URL?: string;

  @Documented('how many connections one process keeps at most')
  @Transform(wholeNumber)
  @IsInt()
  @Min(2)
  @Max(200)
  DATABASE_POOL_MAX: number = 16;

  @Documented('development only: keys and the embedded database')
  @IsNotEmpty()
  DATA_DIR: string = '.data';

  @Documented('what this process does: api, worker, scheduler')
  @Transform(list)
  @ArrayNotEmpty()
  @IsIn(ROLES, { each: true })
  GATEWAY_ROLES: Role[] = [...ROLES];

  @Documented('Kombo’s base address')
  @IsUrl({ ...url, protocols: ['http', 'https'] })
  KOMBO_API_URL: string = 'https://api.kombo.dev/v1';

  @Documented('the API key of our Kombo environment')
  @IsNotEmpty()
  KOMBO_API_KEY!: string;

  @Documented('what Kombo signs its webhooks with; several, separated by commas, while one replaces another')
  @Transform(list)
  @ArrayNotEmpty()
  @IsString({ each: true })
  KOMBO_WEBHOOK_SECRET!: string[];

  @Documented('where the keys of the callers’ tokens are (OIDC); in development the local key pair')
  @IsOptional()
  @IsUrl({ ...url, protocols: ['http', 'https'] })
  AUTH_JWKS_URL?: string;

  @Documented('our key as Teamtailor’s partner: signs what its customers fill in, and opens the way for results')
  @IsOptional()
  @IsNotEmpty()
  TEAMTAILOR_PARTNER_KEY?: string;

  @Documented('what Teamtailor signs its partner events with; without it they are taken unsigned')
  @IsOptional()
  @IsNotEmpty()
  TEAMTAILOR_WEBHOOK_SECRET?: string;

  @Documented('who must have issued a token')
  @IsNotEmpty()
  AUTH_ISSUER: string = 'ats-gateway-development';

  @Documented('whom a token must be meant for')
  @IsNotEmpty()
  AUTH_AUDIENCE: string = 'ats-gateway';

  @Documented('32 bytes, base64: wraps the tenants’ keys')
  @IsBase64()
  @Matches(/^.{44}$/)
  ENCRYPTION_KEY!: string;

  @Documented('how often the scheduler looks for due syncs, in seconds')
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(3600)
  SYNC_TICK_SECONDS: number = 15;

  @Documented('how long after a sync the next delta is due, in seconds; longer where many tenants share a request quota')
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(10 * 24 * 3600)
  SYNC_DELTA_SECONDS: number = 300;

  @Documented('how long after a full sync the next one is due, in hours; longer where many tenants share a request quota')
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(24 * 13)
  SYNC_FULL_HOURS: number = 168;

  @Documented('how many sync runs one process works on at once')
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(64)
  SYNC_CONCURRENCY: number = 10;

  @Documented('what can be ordered in an ATS, as `id=Name`, separated by commas')
  @Transform(list)
  @Matches(/^[\w-]{1,64}=[^=]{1,100}$/, { each: true })
  ASSESSMENT_PACKAGES: string[] = [];

  @Documented(
    'where a candidate begins an assessment who waits in the ATS’s form, with `{orderId}` in it; without it such orders are refused',
  )
  @IsOptional()
  @Matches(/^https:\/\/[^\s{}]+\{orderId\}[^\s{}]*$/)
  ASSESSMENT_START_URL?: string;

  @Documented('how many results one process delivers at once')
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(64)
  RESULT_CONCURRENCY: number = 8;

  @Documented('the hosts that the address of a result may have; without any, results are refused')
  @Transform(list)
  @IsString({ each: true })
  RESULT_URL_HOSTS: string[] = [];

  @Documented('how long one call to a source may take, in seconds')
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(120)
  SOURCE_TIMEOUT_SECONDS: number = 60;

  @Documented('requests a minute that one caller may make')
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  RATE_LIMIT_PER_MINUTE: number = 60_000;

  @Documented('extra hosts that connectors and deliveries may reach (development, simulators)')
  @Transform(list)
  @IsString({ each: true })
  EGRESS_ALLOW_HOSTS: string[] = [];

  @Documented('a collector of OpenTelemetry traces (OTLP over HTTP); without it there are none')
  @IsOptional()
  @IsUrl({ ...url, protocols: ['http', 'https'] })
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  @Documented('how much is logged')
  @IsIn(LOG_LEVELS)
  LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'info';
}
