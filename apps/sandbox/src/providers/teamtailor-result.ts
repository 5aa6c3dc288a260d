import { keysOf } from '../request-parts.js';
import type { Order } from './installation.js';
import {
  closed,
  either,
  flag,
  idOfTheirs,
  listOf,
  number,
  numberWithin,
  oneOf,
  open,
  text,
  textLike,
  textUpTo,
  webAddress,
  whole,
  type Shape,
} from './shapes.js';

const CLOCKED = textLike(/^\d{2,}:[0-5]\d:[0-5]\d$/, 'hours, minutes and seconds');
const SCORE = numberWithin(0, 100);
const DETAILS_LEVELS = 2;

/** Values below values below the details themselves are not shown, and refused here. */
const details: Shape = (value, at) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} must be an object`];
  return levelsOf(value) > DETAILS_LEVELS ? [`${at} must have ${DETAILS_LEVELS} levels at most`] : [];
};

function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}

const ATTRIBUTES = {
  status: oneOf(['sending', 'sent', 'pending', 'completed', 'failed']),
  // What is longer is cut where a recruiter reads it: refused here, so that nobody writes it.
  summary: textUpTo(150),
  url: webAddress,
  'job-id': whole,
  assessment: closed(
    {},
    {
      score: SCORE,
      grade: oneOf(['top_fit', 'might_be_fit', 'might_not_be_fit', 'unknown', null]),
      duration: either(number, CLOCKED, 'seconds, or hours, minutes and seconds'),
    },
  ),
  details,
  attachments: listOf(closed({ url: webAddress, description: text })),
  actions: listOf(closed({ buttonText: text, endpoint: text })),
  'assessment-criteria': listOf(closed({ id: idOfTheirs, score: SCORE })),
};

/** The attributes of a partner result, all of them optional; `candidate-id` is for creating alone (tt-partner-docs, 2026-06-11). */
export const attributeProblems: Shape = closed({}, ATTRIBUTES);

/** A JSON:API document that changes the result of this id. */
export function documentProblems(id: string, body: unknown): readonly string[] {
  return closed({ data: closed({ type: oneOf(['partner-results']), id: oneOf([id]), attributes: attributeProblems }) })(body, '');
}

const FIELD = open({ id: text, type: text }, { label: text, placeholder: text, required: flag, refetch: flag, description: text });
const OPTIONS = listOf(open({ id: idOfTheirs, label: text }));
const CONFIG = open({ config: open({ fields: listOf(FIELD) }, { 'assessment-criteria': OPTIONS }) });

/** The form that a recruiter fills in when adding the trigger to a stage: a field to select from has what to select (the same). */
export const configProblems: Shape = (value, at) => {
  const { fields } = keysOf(keysOf(value)['config']);
  const rows: readonly unknown[] = Array.isArray(fields) ? fields : [];
  const unselectable = rows.map(keysOf).flatMap(({ type, options, optgroups }, place) => {
    if (options !== undefined) return OPTIONS(options, `config.fields[${place}].options`);
    if (optgroups !== undefined) return listOf(open({ label: text, options: OPTIONS }))(optgroups, `config.fields[${place}].optgroups`);
    return type === 'select' ? [`config.fields[${place}].options is missing`] : [];
  });
  return [...CONFIG(value, at), ...unselectable];
};

export function showAttributes(order: Order, attributes: unknown): void {
  const { status, url, summary, details: told, assessment } = keysOf(attributes);
  const { score, grade, duration } = keysOf(assessment);
  const shown = { ...(grade !== undefined && { grade }), ...(duration !== undefined && { duration }), ...keysOf(told) };
  order.show({
    ...(typeof status === 'string' && { state: status }),
    ...(typeof score === 'number' && { score }),
    ...(typeof url === 'string' && { url }),
    ...(typeof summary === 'string' && { summary }),
    ...((told !== undefined || assessment !== undefined) && { details: shown }),
  });
}
