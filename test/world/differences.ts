import type { List } from './readable.js';

// oxlint-disable-next-line typescript/no-explicit-any -- whatever the API answers is compared, field by field
type Json = any;

export interface FieldDifference {
  readonly list: List;
  readonly field: string;
  /** In the words of docs/kombo-and-native.md. */
  readonly why: string;
  readonly explains: (natively: Json, throughKombo: Json, records: { readonly ours: Json; readonly theirs: Json }) => boolean;
}

export interface MissingRecord {
  readonly list: List;
  readonly from: 'native' | 'kombo';
  readonly why: string;
  readonly explains: (record: Json) => boolean;
}

/** How an ATS read natively differs from the same one read through Kombo. */
export interface Differences {
  /** What a record is matched by, where the two name it differently. */
  readonly keyOf?: Partial<Readonly<Record<List, (record: Json) => string>>>;
  readonly fields?: readonly FieldDifference[];
  readonly missing?: readonly MissingRecord[];
}

const LEFT_OUT = 'Kombo leaves the time out where its tool gives none';

/** Kombo leaves some times out. */
export const lacks = (list: List, field: string): FieldDifference => ({
  list,
  field,
  why: LEFT_OUT,
  explains: (natively, throughKombo) => throughKombo === null && natively !== null,
});

export const EDITED = (['jobs', 'candidates'] as const).map((list) => lacks(list, 'remoteUpdatedAt'));
export const USERS_EDITED = lacks('users', 'remoteUpdatedAt');
export const CREATED = lacks('candidates', 'remoteCreatedAt');

export const UNTITLED: FieldDifference = {
  list: 'jobs',
  field: 'name',
  why: 'a job always has a name there',
  explains: (natively, throughKombo) => natively === 'Untitled' && throughKombo === null,
};

const words = ({ firstName, lastName }: Json): string => [firstName, lastName].join(' ').split(' ').filter(Boolean).sort().join(' ');

/** Both parts together say the same. */
export const split = (list: List): readonly FieldDifference[] =>
  ['firstName', 'lastName'].map((field) => ({
    list,
    field,
    why: 'one text there, taken apart by our rule',
    explains: (_natively: Json, _throughKombo: Json, { ours, theirs }: { ours: Json; theirs: Json }) => words(ours) === words(theirs),
  }));

export const status = (why: string, natively: string, throughKombo: string): FieldDifference => ({
  list: 'jobs',
  field: 'status',
  why,
  explains: (ours, theirs) => ours === natively && theirs === throughKombo,
});

export const visibility = (why: string): FieldDifference => ({
  list: 'jobs',
  field: 'visibility',
  why,
  explains: (natively, throughKombo, { ours }) =>
    (natively === 'private' && throughKombo === 'public' && ours.status !== 'open') ||
    (natively !== 'unknown' && throughKombo === 'unknown'),
});

export const NO_REGION: FieldDifference = {
  list: 'jobs',
  field: 'location',
  why: 'a place has no region there',
  explains: (natively, throughKombo) =>
    natively?.city === throughKombo?.city && natively?.country === throughKombo?.country && natively?.region === null,
};

export const stagesMore = (why: string): FieldDifference => ({
  list: 'jobs',
  field: 'stages',
  why,
  explains: (natively, throughKombo) => {
    const names = natively.map(({ name }: Json) => name);
    return throughKombo.every(({ name }: Json) => names.includes(name) || name === 'Applied');
  },
});

export const goneWith = (list: List, why: string, explains: MissingRecord['explains']): MissingRecord => ({
  list,
  from: 'native',
  why,
  explains,
});
