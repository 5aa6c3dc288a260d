/** Status per code. Documented or seen in the SDK's fixtures where the note says so, otherwise our proposal (Kombo reference of 2026-05, errors). */
const STATUS = {
  'PLATFORM.RATE_LIMIT_EXCEEDED': 429, // documented
  'PLATFORM.CONCURRENCY_LIMIT_EXCEEDED': 429, // documented
  'PLATFORM.INTEGRATION_NOT_FOUND': 404,
  'PLATFORM.INPUT_INVALID': 400, // SDK fixtures
  'PLATFORM.UNKNOWN_ERROR': 500,
  'PLATFORM.IP_NOT_WHITELISTED': 403,
  'PLATFORM.AUTHENTICATION_INVALID': 401, // SDK fixtures
  'PLATFORM.TASK_TIMED_OUT': 504,
  'INTEGRATION.PERMISSION_MISSING': 403, // SDK fixtures
  'INTEGRATION.AUTHENTICATION_INVALID': 401,
  'INTEGRATION.QA_FAILED': 409, // documented, since 2026-05-19
  'INTEGRATION.SETUP_SYNC_PENDING': 409, // documented, since 2026-05-19
  'INTEGRATION.SETUP_INCOMPLETE': 409, // documented, since 2026-05-19
  'INTEGRATION.INACTIVE': 409,
  'INTEGRATION.MODEL_NOT_AVAILABLE': 400,
  'INTEGRATION.MODEL_DISABLED': 400,
  'INTEGRATION.ACTION_NOT_AVAILABLE': 400,
  'INTEGRATION.ACTION_DISABLED': 400,
  'REMOTE.SERVICE_UNAVAILABLE': 503,
  'REMOTE.RATE_LIMIT_EXCEEDED': 429,
  'REMOTE.INPUT_INVALID': 400,
  'REMOTE.UNKNOWN_HTTP_ERROR': 502,
  'ATS.JOB_CLOSED': 400, // SDK fixtures
  'ATS.APPLICATION_ALREADY_EXISTS': 409,
} as const;

export type KomboCode = keyof typeof STATUS;

export function isKomboCode(code: string): code is KomboCode {
  return code in STATUS;
}

export function statusOf(code: KomboCode): number {
  return STATUS[code];
}

/** An answer of Kombo's that is an error. */
export class KomboError extends Error {
  readonly status: number;

  constructor(
    readonly code: KomboCode,
    message: string,
  ) {
    super(message);
    this.status = STATUS[code];
  }
}

/** Kombo's error envelope: all four keys, always (OpenAPI 2026-05-02). */
export function errorBody(code: string | null, message: string, logUrl: string | null = null): unknown {
  const title = code === null ? null : code.replace(/^.*\./, '').toLowerCase().replaceAll('_', ' ');
  return { status: 'error', error: { code, title, message, log_url: logUrl } };
}

/** A list goes record by record: most are one byte per character, and one name in another script would double the others. */
export function successBody(data: unknown): Buffer {
  if (!isList(data)) return Buffer.from(JSON.stringify({ status: 'success', data }));
  const { next, results } = data;
  const parts = results.flatMap((record, place) => [Buffer.from(place === 0 ? '' : ','), Buffer.from(JSON.stringify(record))]);
  return Buffer.concat([
    Buffer.from(`{"status":"success","data":{"next":${JSON.stringify(next)},"results":[`),
    ...parts,
    Buffer.from(']}}'),
  ]);
}

function isList(data: unknown): data is { next: string | null; results: unknown[] } {
  return typeof data === 'object' && data !== null && 'results' in data && Array.isArray(data.results);
}
