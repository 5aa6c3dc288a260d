import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import path from 'node:path';
import type { Mark, Result } from './figure.js';
import { median } from './statistics.js';

const HEADINGS = ['figure', 'what', 'gateway', '(spread)', 'floor', '(spread)', 'ratio', 'mark', ''];

const short = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2));
const spread = (values: readonly number[]) => `${short(Math.min(...values))}–${short(Math.max(...values))}`;
const markText = (mark: Mark) => (mark === null ? '' : 'atLeast' in mark ? `≥ ${mark.atLeast}` : `≤ ${mark.atMost}`);

function cellsOf({ figure, what, unit, gateway, floor, value, mark, met }: Result): string[] {
  const floorCells = floor === null ? ['', '', ''] : [short(median(floor)), spread(floor), value.toFixed(2)];
  return [
    figure,
    what,
    `${short(median(gateway))} ${unit}`,
    spread(gateway),
    ...floorCells,
    markText(mark),
    met ? '' : 'SHORT OF ITS MARK',
  ];
}

/** The results as a table for people: medians of the rounds, and between which values the rounds lay. */
export function tableOf(results: readonly Result[]): string {
  const rows = [HEADINGS, ...results.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return lines.toSpliced(1, 0, widths.map((width) => '─'.repeat(width)).join('  ')).join('\n');
}

/** Writes results with what they were measured on. */
export function writeJson(file: string, results: readonly Result[], postgres: string): void {
  const machine = {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryBytes: totalmem(),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    postgres,
  };
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ measuredAt: new Date().toISOString(), commit: commit(), machine, results }, null, 2)}\n`);
}

function commit(): string | null {
  try {
    const git = path.resolve(import.meta.dirname, '../.git');
    const head = readFileSync(path.join(git, 'HEAD'), 'utf8').trim();
    return head.startsWith('ref: ') ? readFileSync(path.join(git, head.slice(5)), 'utf8').trim() : head;
  } catch {
    return null;
  }
}
