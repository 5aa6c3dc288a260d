/** Where the programs are that a test starts: node, tsc, curl. */
export const searchPath = process.env['PATH'] ?? '';
