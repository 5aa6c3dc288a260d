import { First } from './2026-11-23-first.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [{ name: '2026-11-23-first', class: First }];
