import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { GatewayError } from '#libs/model';
import type { Layout } from './layout.js';

/** The generated passwords of the three logins. They never leave the data directory's file and the URLs. */
export interface Credentials {
  readonly admin: string;
  readonly owner: string;
  readonly app: string;
}

/** Reads the passwords of the first start, or generates them. */
export function loadCredentials(layout: Layout): Credentials {
  if (existsSync(layout.credentials)) return parse(readFileSync(layout.credentials, 'utf8'), layout);
  if (existsSync(layout.cluster)) throw unusable(layout);
  const credentials = { admin: password(), owner: password(), app: password() };
  writeFileSync(layout.credentials, JSON.stringify(credentials), { mode: 0o600 });
  return credentials;
}

function password(): string {
  return randomBytes(24).toString('base64url');
}

function parse(text: string, layout: Layout): Credentials {
  try {
    const value: unknown = JSON.parse(text);
    if (isCredentials(value)) return value;
  } catch {
    // Falls through: a file that does not parse is as unusable as one with missing keys.
  }
  throw unusable(layout);
}

function isCredentials(value: unknown): value is Credentials {
  if (typeof value !== 'object' || value === null) return false;
  const entries = new Map(Object.entries(value));
  return ['admin', 'owner', 'app'].every((key) => typeof entries.get(key) === 'string');
}

function unusable(layout: Layout): GatewayError {
  return new GatewayError('config-invalid', {
    detail: `the database's passwords in ${layout.credentials} are missing or broken: restore that file, or remove ${layout.base} to begin anew`,
  });
}
