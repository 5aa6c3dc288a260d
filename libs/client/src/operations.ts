import type { Operations } from './generated/operations.gen.js';

/** An operation's method and path, as the OpenAPI document writes them: `GET /v1/tenants/{tenantId}/jobs`. */
export type OperationName = keyof Operations;

/** What an operation takes: `path`, `query` and `body`, as far as it has them. */
export type Given<Name extends OperationName> = Omit<Operations[Name]['given'], 'url' | 'headers'>;

/** What an operation answers where it does what was asked. */
export type Answer<Name extends OperationName> = Operations[Name]['answers'][keyof Operations[Name]['answers']];

/** The operations that answer a list page by page. (The feed of events is none: it never ends.) */
export type ListName = {
  [Name in OperationName]: Answer<Name> extends { data: unknown[]; nextCursor: infer Next } ? (null extends Next ? Name : never) : never;
}[OperationName];

/** What a list holds. */
export type Item<Name extends ListName> = Answer<Name> extends { data: (infer One)[] } ? One : never;

/** A page of a list; records' lists say in `freshAsOf` when the source was last read completely. */
export type Page<Name extends ListName> = Answer<Name> & { readonly data: readonly Item<Name>[]; readonly nextCursor: string | null };

/** The filters of a list, with `limit` (the size of a page) and `cursor` (where to begin). */
export type Filter<Name extends ListName> = Operations[Name]['given'] extends { query?: infer Query } ? NonNullable<Query> : never;
