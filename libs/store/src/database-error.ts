import { types } from 'node:util';
import { DriverException, ValidationError } from '@mikro-orm/core';
import { GatewayError } from '#libs/model';

/** What PostgreSQL says of an error without quoting a row: class codes and names from the schema. */
interface Named {
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly table?: unknown;
  readonly cause?: unknown;
}

const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

/** 08 connection, 40 rollback (deadlock, serialization), 53 resources, 57 operator intervention: the same work may succeed later. */
const PASSING_CLASSES = ['08', '40', '53', '57'];
const PASSING_SOCKET_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'];

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function named(error: unknown): Named {
  if (typeof error !== 'object' || error === null) return {};
  const own: Named = error;
  if (text(own.code) === null && own.cause !== undefined) return named(own.cause);
  return own;
}

/**
 * The one mapper at the database's edge. PostgreSQL and MikroORM put values of rows into messages and details; only the code, the
 * constraint and the table pass. A unique or foreign key violation is `conflict`, everything else `internal`.
 */
export function databaseError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  const lost = types.isNativeError(error) && LOST_CONNECTION.test(error.message);
  const mapped = mapByCode(lost ? { code: 'ECONNRESET' } : named(error));
  if (types.isNativeError(error)) mapped.stack = `${mapped.message}\n${framesOf(error)}`;
  return mapped;
}

/** The mapped error where it came from the database, the error itself where the work threw it. */
export function atDatabaseEdge(error: unknown): unknown {
  return isFromDatabase(error) ? databaseError(error) : error;
}

/** pg (8.23) gives these no code; their words are its own. */
const LOST_CONNECTION =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (was closed|has encountered a connection error))/;

function isFromDatabase(error: unknown): boolean {
  if (error instanceof DriverException || error instanceof ValidationError) return true;
  if (error instanceof GatewayError || !types.isNativeError(error)) return false;
  return text(named(error).code) !== null || LOST_CONNECTION.test(error.message);
}

const CONNECT_FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host is not known',
  ETIMEDOUT: 'it does not answer',
  '28P01': 'it refuses the password',
  '28000': 'it refuses the login',
  '3D000': 'there is no such database',
  '57P03': 'it is starting or stopping',
};

/** Why the database could not be opened, in words for whoever starts the service. */
export function connectError(error: unknown): GatewayError {
  const mapped = databaseError(error);
  const { sqlState } = mapped.context;
  const fault = typeof sqlState === 'string' ? (CONNECT_FAULTS[sqlState] ?? `it failed with ${sqlState}`) : 'it failed';
  return new GatewayError('config-invalid', { context: mapped.context, detail: `the database of DATABASE_URL cannot be used: ${fault}` });
}

/** Where it happened, without the message above it. */
function framesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

function mapByCode({ code, constraint, table }: Named): GatewayError {
  const sqlState = text(code);
  const context = { sqlState, constraint: text(constraint), table: text(table) };
  if (sqlState === UNIQUE_VIOLATION || sqlState === FOREIGN_KEY_VIOLATION) return new GatewayError('conflict', { context });
  const passing = sqlState !== null && (PASSING_CLASSES.includes(sqlState.slice(0, 2)) || PASSING_SOCKET_CODES.includes(sqlState));
  return new GatewayError('internal', { context, retry: passing ? { when: 'later' } : { when: 'never' } });
}
