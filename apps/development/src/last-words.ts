/** What a process said last to a person, in a log that holds JSON lines and stack traces too; null where it said nothing. */
export function lastWords(log: string): string | null {
  const said = log.split('\n').findLast((line) => /^[A-Za-z][\w-]*: \S/.test(line));
  return said?.replace(/^(?:ats-gateway|sandbox): (?:[a-z]+(?:-[a-z]+)*: )?/, '') ?? null;
}
