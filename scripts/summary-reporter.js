/** jest's last line, for people and machines: `N passed, N failed`, with `, N skipped` where there are any. */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    // A file that cannot even be loaded has no tests to count: it counts as one failure.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`;
    // jest prints its own summary after every other reporter's.
    process.once('exit', () => process.stdout.write(line));
  }
}
