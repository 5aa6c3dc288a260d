import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import { operationsOf } from './client-operations.js';
import type { Files } from './files.js';

/** Where the generated part of the client stands. */
export const CLIENT_FOLDER = resolve(import.meta.dirname, '../../libs/client/src/generated');

const TYPES = 'types.gen.ts';

/** Internal services call these; partners and vendors have documents of their own. */
const FOR_SERVICES = /^\/(v1|platform)\//;

/** The types of the operations that internal services call, as the OpenAPI document has them: nothing but the document is read. */
export async function generatedClient(openApi: string): Promise<Files> {
  const folder = mkdtempSync(join(tmpdir(), 'ats-gateway-client-'));
  try {
    await createClient({
      input: JSON.parse(openApi, withoutHeaders),
      output: { path: folder, module: { extension: '.js' } },
      parser: { filters: { operations: { include: ['/^[A-Z]+ \\/(v1|platform)\\//'] }, orphans: false } },
      plugins: ['@hey-api/typescript'],
      logs: { level: 'silent' },
    });
    return new Map([
      ['operations.gen.ts', operationsOf(JSON.parse(openApi), (path) => FOR_SERVICES.test(path))],
      [TYPES, readFileSync(join(folder, TYPES), 'utf8')],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The generator has no types for headers of answers, and says so of each. */
function withoutHeaders(key: string, value: unknown): unknown {
  return key === 'headers' ? undefined : value;
}
