/** Plants mistakes in a copy of the sources, one at a time, and demands that the search for leaks finds each: see `--help`. */
import { ANSWERS } from './planted-leaks/answers.js';
import { LOGS } from './planted-leaks/logs.js';
import { clean, scanWith, staleEdits } from './planted-leaks/planting.js';
import { STORED } from './planted-leaks/stored.js';
import { TELEMETRY } from './planted-leaks/telemetry.js';

const HELP = `node scripts/planted-leaks.js [name…]   plants these leaks (all of them by default) and searches for each
  --list   names them
  --help   says this

Each is a mistake that somebody may make. The search (test/world/leak-scan.ts) must find it, in the place that it shows in; in the sources as
they are it must find nothing. Two run at a time. Ends with 1 where one was not found, or where its text is no longer in the sources.`;

const LEAKS = [...LOGS, ...STORED, ...ANSWERS, ...TELEMETRY];
const AT_A_TIME = 2;

const names = process.argv.slice(2);
if (names.includes('--help')) console.log(HELP);
else if (names.includes('--list')) for (const { name, mistake } of LEAKS) console.log(`${name.padEnd(26)} ${mistake}`);
else process.exitCode = await main(names);

async function main(wanted) {
  const unknown = wanted.filter((name) => LEAKS.every((leak) => leak.name !== name));
  if (unknown.length > 0) return fail(`unknown: ${unknown.join(', ')}; --list names them`);
  const chosen = LEAKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const stale = chosen.flatMap((leak) => staleEdits(leak).map((fault) => `${leak.name}: ${fault}`));
  if (stale.length > 0) return fail(`These no longer fit the sources; bring them up to date:\n${stale.join('\n')}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  process.once('exit', clean);
  const startedAt = performance.now();
  const failed = await runAll([{ name: 'no leak', edits: [], place: null }, ...chosen]);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`${chosen.length} planted leaks, ${failed} not found as they should be (${seconds} s)`);
  return failed === 0 ? 0 : 1;
}

function fail(text) {
  console.error(text);
  return 1;
}

async function runAll(leaks) {
  const waiting = [...leaks];
  let done = 0;
  let failed = 0;
  const work = async () => {
    for (let leak = waiting.shift(); leak !== undefined; leak = waiting.shift()) {
      const startedAt = performance.now();
      const { fault, told } = judge(leak, await scanWith(leak.edits));
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      done += 1;
      if (fault !== undefined) failed += 1;
      console.log(`${fault === undefined ? '✓' : '✗'} ${done}/${leaks.length} ${leak.name} (${seconds} s): ${fault ?? told}`);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return failed;
}

/** Found where it shows: `{ told }`. Anything else is a `{ fault }`. */
function judge({ place, mistake }, { report, fault }) {
  if (fault !== undefined) return { fault: `the search failed: ${fault}` };
  const { findings } = report;
  if (place === null) return findings.length === 0 ? { told: 'nothing found' } : { fault: `found ${tell(findings)}` };
  const fitting = findings.filter((finding) => place.test(finding.place));
  if (fitting.length > 0) return { told: tell(fitting) };
  return { fault: `not found in ${place} (${mistake}); found ${tell(findings)}` };
}

function tell(findings) {
  const [first] = findings;
  if (first === undefined) return 'nothing';
  const more = findings.length === 1 ? '' : ` and ${findings.length - 1} more`;
  return `${first.marker} (${first.standsFor}) in ${first.place}, ${first.disguise}${more}`;
}
