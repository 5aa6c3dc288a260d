import { GatewayError } from '#libs/model';
import { readSettings } from './config/settings.js';
import { loadSigningKey } from './keys.js';
import { readTokenArguments, TOKEN_USAGE } from './token-arguments.js';
import { signToken } from './tokens.js';

/** `npm run token`: the token alone on stdout, so that it can be pasted and substituted. */
async function main(): Promise<void> {
  const claims = readTokenArguments(process.argv.slice(2));
  if (claims === null) process.stdout.write(TOKEN_USAGE);
  else process.stdout.write(`${await signToken(await loadSigningKey(readSettings().dataDir), claims)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof GatewayError ? error.message : 'the token could not be made'}\n`);
  process.exitCode = 1;
});
