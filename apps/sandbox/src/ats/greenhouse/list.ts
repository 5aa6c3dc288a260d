import { Parameters, type Exchange } from '../exchange.js';
import type { Account } from '../account.js';
import { openCursor, sealCursor } from '../cursors.js';
import { Refusal, type ListAnswer } from '../vendor.js';

type Row = Readonly<Record<string, unknown>>;

/** One list of Harvest v3, newest number first. */
export interface List {
  readonly path: string;
  /** The columns that there are: `fields=` takes no others. */
  readonly columns: (account: Account) => readonly string[];
  /** Reads its own parameters, then gives rows from a place on (null: the first) and where to go on. */
  readonly rows: (exchange: Exchange, query: Parameters) => (from: number | null, limit: number) => Rows;
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly indexes?: readonly number[];
  readonly next: number | null;
}

interface Walk {
  readonly query: Readonly<Record<string, string>>;
  readonly from: number | null;
}

/** Below which address links of the same host are made. */
const HOST = 'https://harvest.greenhouse.io';

/** Site Admins only; a cursor alone, or the first page's parameters (Harvest v3 guides: authentication, pagination, list endpoints). */
export function answerList(exchange: Exchange, list: List): ListAnswer {
  if (exchange.account.behaviour.rights !== 'admin') throw new Refusal(403, 'forbidden', 'The user is not a Site Admin');
  const { query, from } = walkOf(exchange, list);
  const asked = new Parameters(query, 422);
  const limit = asked.whole('per_page', 1, 500) ?? 100;
  const columns = list.columns(exchange.account);
  const fields = asked.parts('fields', 50) ?? columns;
  const unknown = fields.find((field) => !columns.includes(field));
  if (unknown !== undefined) throw new Refusal(422, 'invalid', `There is no field ${unknown}`);
  const rowsFrom = list.rows(exchange, asked);
  asked.end();
  const { rows, next, indexes } = rowsFrom(from, limit);
  const following = exchange.loops ? from : next;
  const cursor = sealCursor({ query, from: following }, [exchange.account.id, list.path]);
  const link = `<${HOST}${list.path}?cursor=${encodeURIComponent(cursor)}>; rel="next"`;
  return {
    items: rows.map((row) => Object.fromEntries(fields.map((field) => [field, row[field] ?? null]))),
    ...(indexes && { indexes }),
    ...((next !== null || exchange.loops) && { headers: { link } }),
    wrap: (items) => items,
  };
}

function walkOf(exchange: Exchange, { path }: List): Walk {
  const cursor = exchange.query.text('cursor', /^[^]{1,4000}$/);
  const query: Record<string, string> = {};
  for (const name of exchange.query.names) if (name !== 'cursor') query[name] = exchange.query.text(name, /^[^]{1,8000}$/) ?? '';
  if (cursor === undefined) return { query, from: null };
  if (Object.keys(query).length > 0) throw new Refusal(422, 'invalid', 'When passing a cursor, do not include other query params.');
  const walk = openCursor(cursor, [exchange.account.id, path]);
  if (!isWalk(walk)) throw new Refusal(422, 'invalid', 'The cursor is not valid');
  return walk;
}

const isWalk = (value: unknown): value is Walk => typeof value === 'object' && value !== null && 'query' in value && 'from' in value;

/** `gte|A|lte|B`, in any order. */
export function betweenIn(query: Parameters, name: string): { sinceMs?: number; untilMs?: number } {
  const parts = query.text(name)?.split('|') ?? [];
  const bounds: { sinceMs?: number; untilMs?: number } = {};
  for (let place = 0; place < parts.length; place += 2) {
    const ms = Date.parse(parts[place + 1] ?? '');
    const operator = parts[place];
    if (Number.isNaN(ms) || !/^(gte|lte|gt|lt)$/.test(operator ?? '')) throw query.refused(name);
    if (operator === 'gte' || operator === 'gt') bounds.sinceMs = operator === 'gt' ? ms + 1 : ms;
    else bounds.untilMs = operator === 'lt' ? ms - 1 : ms;
  }
  return bounds;
}

/** At most 50 numbers between commas. */
export function idsIn(query: Parameters, name: string): ReadonlySet<string> | null {
  const parts = query.parts(name, 50);
  if (parts?.some((part) => !/^\d{1,15}$/.test(part)) === true) throw query.refused(name);
  return parts === undefined ? null : new Set(parts);
}
