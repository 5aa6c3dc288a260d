import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { GatewayError } from '#libs/model';

/** Under which account PostgreSQL runs: undefined means our own. */
export type Account = { readonly uid: number; readonly gid: number } | undefined;

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root; then it runs as the owner of its files, at the first start as `nobody` (initdb needs a named account). */
export function accountFor(cluster: string): Account {
  if (process.getuid?.() !== 0) return undefined;
  if (!existsSync(cluster)) return nobody();
  const { uid, gid } = statSync(cluster);
  return { uid, gid };
}

function nobody(): NonNullable<Account> {
  const line = readFileSync('/etc/passwd', 'utf8').match(/^nobody:[^:]*:(\d+):(\d+):/m);
  if (line === null)
    throw new GatewayError('config-invalid', { detail: 'as root the embedded database needs the account nobody: run as another user' });
  return { uid: Number(line[1]), gid: Number(line[2]) };
}

/** The command that runs `file` under the account, also where the account cannot reach the paths by itself (a checkout in /root). */
export function commandAs(account: Account, file: string, args: readonly string[], paths: readonly string[]): Command {
  if (account === undefined) return { file, args };
  if ([file, ...paths].every(isReachableByOthers)) return { file, args, ...account };
  return {
    file: 'setpriv',
    args: [
      `--reuid=${account.uid}`,
      `--regid=${account.gid}`,
      '--clear-groups',
      '--inh-caps=+dac_override',
      '--ambient-caps=+dac_override',
      // Without it access(2), by which PostgreSQL looks for its own programs, ignores the capability.
      '--securebits=+no_setuid_fixup',
      '--',
      file,
      ...args,
    ],
  };
}

function isReachableByOthers(target: string): boolean {
  for (let directory = path.dirname(target); ; directory = path.dirname(directory)) {
    if ((statSync(directory).mode & 0o001) === 0) return false;
    if (directory === path.dirname(directory)) return true;
  }
}
