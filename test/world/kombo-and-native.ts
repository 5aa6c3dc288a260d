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

/** Kombo leaves some times out, and has none for users. */
const TIMES: readonly FieldDifference[] = [
  ...(['users', 'jobs', 'candidates'] as const).map((list) => ({
    list,
    field: 'remoteUpdatedAt',
    why: 'Kombo leaves the time out where its tool gives none',
    explains: (natively: Json, throughKombo: Json) => throughKombo === null && natively !== null,
  })),
  {
    list: 'candidates',
    field: 'remoteCreatedAt',
    why: 'Kombo leaves the time out where its tool gives none',
    explains: (natively, throughKombo) => throughKombo === null && natively !== null,
  },
];

const UNTITLED: FieldDifference = {
  list: 'jobs',
  field: 'name',
  why: 'a job always has a name there',
  explains: (natively, throughKombo) => natively === 'Untitled' && throughKombo === null,
};

/** By ATS; the same as docs/kombo-and-native.md. */
export const DIFFERENCES: ReadonlyMap<string, Differences> = new Map<string, Differences>([
  [
    'greenhouse',
    {
      fields: [
        ...TIMES,
        UNTITLED,
        {
          list: 'jobs',
          field: 'status',
          why: 'Greenhouse has no archived jobs: they are closed',
          explains: (natively, throughKombo) => natively === 'closed' && throughKombo === 'archived',
        },
        {
          list: 'jobs',
          field: 'visibility',
          why: 'derived from live posts, so always known',
          explains: (natively, throughKombo) => natively !== 'unknown' && throughKombo === 'unknown',
        },
      ],
    },
  ],
]);
