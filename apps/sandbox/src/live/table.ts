import type { AdvancingClock } from '../clock.js';

/** What was set on a record after the seed: its own fields, by Kombo's names, and its references by number. */
export interface Change {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly links: Links;
}

export interface StageSpec {
  /** Stays when the stage is renamed or moved. */
  readonly key: number;
  readonly name: string;
}

export interface Links {
  readonly candidate?: number;
  readonly job?: number;
  /** Key of the job's stage; null for none. */
  readonly stage?: number | null;
  /** Replaces the job's stages, in order. */
  readonly stages?: readonly StageSpec[];
  /** Replaces the job's hiring team: numbers of users. */
  readonly team?: readonly number[];
}

export interface LiveRow {
  readonly change: Change;
  readonly isDeleted: boolean;
  /** When it last changed at the ATS; null: as seeded. */
  readonly atMs: number | null;
}

export interface MirrorRow {
  readonly change: Change;
  /** When a sync saw the record's own columns change; null: as seeded. */
  readonly changedAtMs: number | null;
  /** When a sync saw a nested part change that Kombo counts for `updated_after`. */
  readonly nestedAtMs: number | null;
  readonly deletedAtMs: number | null;
  /** When a sync closed or opened a field of the whole model. */
  readonly rescopedAtMs: number | null;
}

export const UNCHANGED: Change = { fields: {}, links: {} };
const AS_SEEDED_LIVE: LiveRow = { change: UNCHANGED, isDeleted: false, atMs: null };
export const AS_SEEDED: MirrorRow = { change: UNCHANGED, changedAtMs: null, nestedAtMs: null, deletedAtMs: null, rescopedAtMs: null };

/** One resource: seeded records by number, and only what differs from the seed, at the ATS (live) and in Kombo's mirror. */
export class Table {
  readonly #live = new Map<number, LiveRow>();
  readonly #mirror = new Map<number, MirrorRow>();
  readonly #unsynced = new Set<number>();
  /** Records that were made through Kombo. */
  readonly #throughKombo = new Set<number>();
  #sortedMirrored: number[] | undefined;
  #sortedLive: number[] | undefined;
  #rescopedAtMs: number | null = null;
  #hiddenSinceMs: number | null = null;
  #size: number;

  constructor(
    readonly seeded: number,
    private readonly clock: AdvancingClock,
  ) {
    this.#size = seeded;
  }

  /** How many there ever were at the ATS; numbers are 0…size−1. */
  get size(): number {
    return this.#size;
  }

  live(index: number): LiveRow {
    return this.#live.get(index) ?? AS_SEEDED_LIVE;
  }

  setLive(index: number, row: Omit<LiveRow, 'atMs'>): void {
    if (!this.#live.has(index)) this.#sortedLive = undefined;
    this.#live.set(index, { ...row, atMs: this.clock.nowMs() });
    this.#unsynced.add(index);
  }

  add(change: Change): number {
    const index = this.#size;
    this.#size += 1;
    this.setLive(index, { change, isDeleted: false });
    return index;
  }

  /** Numbers of the records that changed at the ATS since they were seeded, ascending. */
  changedLive(): readonly number[] {
    this.#sortedLive ??= [...this.#live.keys()].sort((a, b) => a - b);
    return this.#sortedLive;
  }

  /** What a sync has read. Undefined: Kombo has never seen it. */
  read(index: number): MirrorRow | undefined {
    return this.#mirror.get(index) ?? (index < this.seeded ? AS_SEEDED : undefined);
  }

  /** What the lists show: what was read, within what Kombo is set to hold. */
  mirrored(index: number): MirrorRow | undefined {
    const row = this.read(index);
    if (row === undefined || (this.#rescopedAtMs === null && this.#hiddenSinceMs === null)) return row;
    const hiddenAtMs = this.#throughKombo.has(index) ? null : this.#hiddenSinceMs;
    return { ...row, deletedAtMs: row.deletedAtMs ?? hiddenAtMs, rescopedAtMs: this.#rescopedAtMs };
  }

  /** Every record of the model changes in Kombo. */
  rescope(atMs: number): void {
    this.#rescopedAtMs = atMs;
  }

  /** When every record last changed at once; null: never. */
  get rescopedAtMs(): number | null {
    return this.#rescopedAtMs;
  }

  /** From then on Kombo holds only what was made through it, and calls the rest deleted; null: it holds everything. */
  hideOthers(sinceMs: number | null): void {
    this.#hiddenSinceMs = sinceMs;
  }

  markThroughKombo(index: number): void {
    this.#throughKombo.add(index);
  }

  setMirrored(index: number, row: MirrorRow): void {
    if (!this.#mirror.has(index)) this.#sortedMirrored = undefined;
    this.#mirror.set(index, row);
  }

  touchNested(index: number, atMs: number): void {
    const row = this.read(index);
    if (row !== undefined) this.setMirrored(index, { ...row, nestedAtMs: atMs });
  }

  unsynced(): number[] {
    return [...this.#unsynced].sort((a, b) => a - b);
  }

  markSynced(index: number): void {
    this.#unsynced.delete(index);
  }

  /** Numbers of the records that Kombo ever saw change, ascending: a delta read walks these alone. */
  changedInMirror(): readonly number[] {
    this.#sortedMirrored ??= [...this.#mirror.keys()].sort((a, b) => a - b);
    return this.#sortedMirrored;
  }
}
