import { parseArgs } from 'node:util';
import { GatewayError } from '#libs/model';
import { complaintOf } from './complaint.js';
import { settingsOfProcess } from './config/settings.js';
import { watchInterruption } from './interruption.js';
import { Screen } from './screen.js';
import { Started } from './started.js';
import { tell } from './story.js';
import { startUsage } from './words.js';

/** What a shell reports of a process that was ended by Ctrl-C. */
const ENDED_BY_INTERRUPT = 130;

/** `npm start`: everything on this machine, with a demo, until Ctrl-C. Resolves to the exit code. */
async function main(): Promise<number> {
  if (asksForHelp()) {
    process.stdout.write(startUsage());
    return 0;
  }
  const settings = settingsOfProcess();
  const screen = new Screen(process.stdout);
  const started = new Started();
  const signal = watchInterruption({ startedByNpm: settings.startedByNpm, endAtOnce: () => process.exit(ENDED_BY_INTERRUPT) });
  try {
    await tell(settings, { started, screen, signal });
    return 0;
  } catch (error) {
    if (signal.aborted) return 0;
    complain(error);
    return 1;
  } finally {
    if (signal.aborted) screen.say('\nStopping …');
    await started.stop();
  }
}

function asksForHelp(): boolean {
  try {
    return parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values.help === true;
  } catch {
    throw new GatewayError('invalid-request', {
      detail: 'npm start takes no arguments but --help; it is told what to do by environment variables',
    });
  }
}

function complain(error: unknown): void {
  process.stderr.write(`npm start: ${complaintOf(error)}\n`);
}

// A terminal that was closed, or a pipe that nobody reads, must not keep us from stopping in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error);
    process.exit(1);
  },
);
