import type { ResultContent } from '#libs/model';

/** A number as people write it: no more than two decimals. */
const plain = (value: number): string => String(Math.round(value * 100) / 100);

/** One line for each score, `label: value of max`, the most important first. */
export function scoreLines({ roleFit, matchPercent, scores }: ResultContent): readonly string[] {
  return [
    ...(roleFit === null ? [] : [`Role fit: ${roleFit} of 99`]),
    ...(matchPercent === null ? [] : [`Match: ${matchPercent} of 100`]),
    ...scores.map(({ label, value, max }) => `${label}: ${plain(value)} of ${plain(max)}`),
  ];
}

/** A result as a text, where scores cannot be shown as fields: the scores, the summary, when, and last the link. */
export function resultText(content: ResultContent, marker: string): string {
  const { summary, completedAt, reportUrl } = content;
  const lines = ['Alva assessment', ...scoreLines(content), ...(summary === null ? [] : [summary])];
  return [...lines, `Completed ${completedAt.slice(0, 10)} (${marker})`, reportUrl].join('\n');
}

/** The same in one line, for the text of a link. */
export function resultLabel(content: ResultContent): string {
  const [first, ...rest] = scoreLines(content);
  return first === undefined ? 'Alva assessment' : `Alva assessment – ${[first, ...rest.slice(0, 2)].join(', ')}`;
}
