const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table in markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

export const code = (text: string) => (text === '' ? '' : `\`${text}\``);
export const codes = (texts: readonly string[]) => texts.map(code).join(' ');
