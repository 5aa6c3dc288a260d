import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configMarkdown } from './config.js';
import { connectorsMarkdown } from './connectors.js';
import { openApiJson } from './openapi.js';
import { schemaSql } from './schema.js';

const FOLDER = path.resolve(import.meta.dirname, '../../docs/generated');

/** Texts by file name, as they should lie in `docs/generated`. */
export type Files = ReadonlyMap<string, string>;

/** Everything that is generated, from the code and a migrated, empty database. */
export async function generatedFiles(database: { readonly ownerUrl: string; readonly appUrl: string }): Promise<Files> {
  return new Map([
    ['config.md', configMarkdown()],
    ['connectors.md', connectorsMarkdown()],
    ['openapi.json', await openApiJson(database.appUrl)],
    ['schema.sql', await schemaSql(database.ownerUrl)],
  ]);
}

/** The names of files that differ, are missing, or are there though nothing generates them. */
export function staleFiles(files: Files, folder = FOLDER): string[] {
  mkdirSync(folder, { recursive: true });
  const there = readdirSync(folder, { withFileTypes: true }).map(({ name }) => name);
  const names = [...new Set([...files.keys(), ...there])].sort();
  return names.filter((name) => !there.includes(name) || files.get(name) !== readFileSync(path.join(folder, name), 'utf8'));
}

export function writeFiles(files: Files, folder = FOLDER): void {
  for (const name of staleFiles(files, folder)) {
    const text = files.get(name);
    if (text === undefined) rmSync(path.join(folder, name));
    else writeFileSync(path.join(folder, name), text);
  }
}
