import { GatewayError } from '#libs/model';
import { complaintOf } from './complaint.js';
import { settingsOfProcess } from './config/settings.js';
import { ensureDataDirectory } from './data-directory.js';
import { loadSigningKey } from './signing-key.js';
import { readTokenArguments, TOKEN_USAGE } from './token-arguments.js';
import { signToken } from './tokens.js';

/** `npm run token`: the token alone on stdout, so that it can be pasted and substituted. */
async function main(): Promise<void> {
  const request = readTokenArguments(process.argv.slice(2));
  if (request === null) {
    process.stdout.write(TOKEN_USAGE);
    return;
  }
  const { gateway } = settingsOfProcess();
  if (gateway.AUTH_JWKS_URL !== undefined) {
    throw new GatewayError('config-invalid', { detail: 'AUTH_JWKS_URL is set: the gateway takes tokens of that issuer alone, so ask it' });
  }
  ensureDataDirectory(gateway.DATA_DIR);
  const token = await signToken(await loadSigningKey(gateway.DATA_DIR), gateway, request);
  process.stdout.write(`${token}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`token: ${complaintOf(error)}\n`);
  process.exitCode = 1;
});
