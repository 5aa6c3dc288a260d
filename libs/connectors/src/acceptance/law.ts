import type { Resource } from '#libs/model';
import type { Sizes, Source } from './source.js';

/** What is particular to a vendor, so that one suite can hold for all. */
export interface Particulars {
  readonly sizes: Sizes;
  /** How many records of a kind a walk gives, where the vendor does not hold them as the sandbox's people are held. */
  readonly counts?: Partial<Readonly<Record<Resource, (source: Source) => Promise<number>>>>;
  /** Laws that cannot hold, by name: why, and where that is documented. */
  readonly skipped?: ReadonlyMap<string, { readonly reason: string; readonly link: string }>;
  /** Which bytes of a webhook's body its signature covers, from and to; all of them where this is left out. */
  readonly signedBytes?: (rawBody: Buffer) => readonly [number, number];
  /** The path of the list that holds the records, where a page's first request is another one. */
  readonly lists?: Partial<Readonly<Record<Resource, string>>>;
  /** Lists that the vendor answers in one piece. */
  readonly whole?: readonly Resource[];
  /** Resources whose records stand within a list's items: what is wrong with the item need not be wrong with them. */
  readonly within?: readonly Resource[];
  /** With which settings each way to show a result is tried; none: it cannot be tried here. */
  readonly resultSettings?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether the vendor lets a reader name the fields that it wants. */
  readonly sparse: boolean;
}

export interface Subject {
  readonly source: Source;
  readonly particulars: Particulars;
}

/** Something that every connector owes. It throws where it does not hold. */
export interface Law {
  readonly name: string;
  /** Why there is nothing to hold for this connector; null where there is. */
  readonly idle?: (subject: Subject) => string | null;
  readonly hold: (subject: Subject) => Promise<void>;
}
