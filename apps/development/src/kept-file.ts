import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { types } from 'node:util';

/** The file's text, or undefined where there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Keeps the text in a file that only its owner reads, unless the file is there already: of two that start at once, one wins. Returns what is kept. */
export function keepOnce(file: string, text: string): string {
  const unfinished = writeBeside(file, text);
  try {
    linkSync(unfinished, file);
    return text;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return readFileSync(file, 'utf8');
    throw error;
  } finally {
    rmSync(unfinished);
  }
}

/** Puts the text in the place of what was in the file, whole or not at all; only its owner reads it. */
export function replaceFile(file: string, text: string): void {
  renameSync(writeBeside(file, text), file);
}

function writeBeside(file: string, text: string): string {
  const unfinished = `${file}.${randomUUID()}`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  return unfinished;
}

function hasCode(error: unknown, code: string): boolean {
  return types.isNativeError(error) && 'code' in error && error.code === code;
}
