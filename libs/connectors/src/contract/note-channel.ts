import { GatewayError } from '#libs/model';
import type { Call } from './call.js';
import type { SettingField } from './connector.js';
import { resultText } from './rendering.js';
import { requireResultGrant, type ResultChannel, type ResultTarget } from './results.js';

/**
 * Results as notes. What people write into an ATS as notes is never read, so whether one of ours is there only a person can tell; nor can one be
 * changed. `write` makes the note and returns what the ATS calls it.
 */
export const noteChannel = (
  name: string,
  write: (call: Call, target: ResultTarget, text: string) => Promise<string | null>,
): ResultChannel => ({
  name,
  inDoubt: 'park',
  replaces: false,
  write: async (call, grant, target, { content, marker }) => {
    requireResultGrant(grant);
    return { channel: name, remoteId: await write(call, target, resultText(content, marker)) };
  },
});

/** Whose notes the results are, where an ATS wants to know. `pattern`: of the ATS's ids of users. */
export const authorSetting = (ats: string, pattern: RegExp, otherwise: string): SettingField => ({
  name: 'noteUserId',
  label: 'Author of notes',
  help: `Id of the ${ats} user whose notes the results are; ${otherwise}`,
  required: false,
  pattern,
});

/** Throws `config-invalid` where the settings name no author. */
export function requireAuthor({ settings }: Call, fallback?: string): string {
  const author = settings['noteUserId'] ?? fallback;
  if (author === undefined) throw new GatewayError('config-invalid', { detail: 'set noteUserId: notes in this ATS have an author' });
  return author;
}

/** Throws `config-invalid` where the application's candidate has not been read yet. */
export function requireCandidate({ candidate }: ResultTarget): string {
  if (candidate === null)
    throw new GatewayError('config-invalid', { detail: 'the application’s candidate is not known yet; sync, then retry the result' });
  return candidate;
}
