import { GatewayError } from '#libs/model';
import { migrate } from '#libs/store';
import { ownerUrlOfProcess } from './config/process-environment.js';

/** `npm run migrate`: brings the schema up to date, as the owner of the tables. */
async function main(): Promise<void> {
  await migrate(ownerUrlOfProcess());
  process.stdout.write('The schema is up to date.\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`ats-gateway migrate: ${error instanceof GatewayError ? error.message : 'failed'}\n`);
  process.exit(1);
});
