import { median } from './statistics.js';
import type { Ground } from './ground.js';

/** What a number is held against. */
export type Mark = { readonly atLeast: number } | { readonly atMost: number } | null;

/** One line of the table. */
export interface Result {
  readonly figure: string;
  readonly what: string;
  readonly unit: string;
  /** Of the gateway, round by round. */
  readonly gateway: readonly number[];
  /** Of what does the least that must be done, in the same rounds; null where there is nothing to compare with. */
  readonly floor: readonly number[] | null;
  /** What is held against the mark: the ratio of the medians, or the gateway's median alone. */
  readonly value: number;
  readonly mark: Mark;
  readonly met: boolean;
}

export interface FigureOptions {
  readonly rounds: number;
  readonly say: (text: string) => void;
}

export interface Figure {
  readonly name: string;
  readonly title: string;
  measure(ground: Ground, options: FigureOptions): Promise<Result[]>;
}

interface Measured extends Pick<Result, 'figure' | 'what' | 'unit' | 'gateway' | 'mark'> {
  readonly floor?: readonly number[];
}

/** A result from its rounds: with a floor the mark is for gateway ÷ floor, without one for the gateway's own number. */
export function resultOf({ floor = [], ...measured }: Measured): Result {
  const value = floor.length === 0 ? median(measured.gateway) : median(measured.gateway) / median(floor);
  return { ...measured, floor: floor.length === 0 ? null : floor, value, met: isMet(value, measured.mark) };
}

function isMet(value: number, mark: Mark): boolean {
  if (mark === null) return true;
  return 'atLeast' in mark ? value >= mark.atLeast : value <= mark.atMost;
}
