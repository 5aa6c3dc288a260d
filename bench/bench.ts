import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Figure, Result } from './figure.js';
import { Ground } from './ground.js';
import { reads } from './reads.js';
import { change } from './change.js';
import { connectors } from './connectors.js';
import { tick } from './tick.js';
import { webhooks } from './webhooks.js';
import { results } from './results.js';
import { events } from './events.js';
import { sync } from './sync.js';
import { switching } from './switch.js';
import { tableOf, writeJson } from './report.js';

const FIGURES: readonly Figure[] = [reads, sync, webhooks, tick, change, connectors, results, events, switching];
const DEFAULT_JSON = path.join(import.meta.dirname, 'results/latest.json');

const HELP = `npm run bench -- [figure …] [--rounds n] [--json file]

${FIGURES.map(({ name, title }) => `  ${name.padEnd(10)}${title}`).join('\n')}

  --rounds  how often gateway and floor are measured in turn (5); the medians count
  --json    where the results go (bench/results/latest.json)

Each figure is beside its floor: the least that has to be done, in the same rounds on the same machine. Exit code 1: a mark was missed.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean' }, rounds: { type: 'string', default: '5' }, json: { type: 'string', default: DEFAULT_JSON } },
  });
  if (values.help === true) return console.log(HELP);
  const unknown = positionals.filter((name) => !FIGURES.some((figure) => figure.name === name));
  const rounds = Number(values.rounds);
  if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
    console.error(`${unknown.length > 0 ? `no such figure: ${unknown.join(', ')}` : '--rounds must be a whole number'}\n\n${HELP}`);
    process.exitCode = 2;
    return;
  }
  const chosen = FIGURES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  await measure(chosen, rounds, path.resolve(values.json));
}

async function measure(figures: readonly Figure[], rounds: number, file: string): Promise<void> {
  const ground = await Ground.create();
  const measured: Result[] = [];
  try {
    const postgres = await ground.postgresVersion();
    for (const figure of figures) {
      const say = (text: string) => console.error(`${figure.name}: ${text}`);
      measured.push(...(await figure.measure(ground, { rounds, say })));
      await ground.clear();
      writeJson(file, measured, postgres);
    }
  } finally {
    await ground.close();
  }
  console.log(`\n${tableOf(measured)}\n\n${file}`);
  if (measured.some(({ met }) => !met)) process.exitCode = 1;
}

// Exits, so that the database and the processes that were started end with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
await main();
