/** The search for leaks as a program: its report as JSON. Ends with 1 where something was found, with 2 where the search itself failed. */
import { registerTypeScript } from '../../scripts/typescript-loader.js';

registerTypeScript();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(2));
const { scanForLeaks } = await import('./leak-scan.ts');
try {
  const report = await scanForLeaks({ natives: false });
  process.stdout.write(`${JSON.stringify(report)}\n`);
  process.exitCode = report.findings.length === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(2);
}
