import { existsSync, rmSync } from 'node:fs';
import { layoutOf } from './layout.js';
import { clearOrphan } from './orphan.js';
import { claimDirectory } from './starter.js';

/**
 * Stops the server of a process that was killed and deletes its `<dataDir>/database`; does nothing where none was left behind.
 * Throws `conflict` when a live process holds it.
 */
export async function removeAbandonedDatabase(dataDir: string): Promise<void> {
  const layout = layoutOf(dataDir);
  if (!existsSync(layout.starter)) return;
  claimDirectory(layout);
  await clearOrphan(layout, () => undefined);
  rmSync(layout.base, { recursive: true, force: true });
}
