import { keysOf } from '../request-parts.js';
import { closed, flag, listOf, number, oneOf, text, webAddress, whole, type Shape } from './shapes.js';

const VALUES: Readonly<Record<string, Shape>> = {
  numeric_score: number,
  numeric_duration_minutes: number,
  url: webAddress,
  string: text,
  boolean_success: flag,
};
const FIELD = closed({ identifier: text, label: text, type: oneOf(Object.keys(VALUES)), value: () => [] }, { description: text });

/** A field object: its value is of its type. */
const field: Shape = (value, at) => {
  const { type, value: held } = keysOf(value);
  const shape = typeof type === 'string' && Object.hasOwn(VALUES, type) ? VALUES[type] : undefined;
  return [...FIELD(value, at), ...(shape === undefined || held === undefined ? [] : shape(held, `${at}.value`))];
};

const typed = (wanted: string): Shape => {
  return (value, at) => {
    const problems = field(value, at);
    const { type } = keysOf(value);
    return problems.length > 0 || type === wanted ? problems : [`${at} must be of the type ${wanted}`];
  };
};

const UPDATE = closed(
  { assessment_id: text, timestamp: whole },
  {
    assessment_status: typed('string'),
    assessment_profile_url: typed('url'),
    assessment_result: field,
    cancelled_reason: typed('string'),
    metadata: listOf(field),
  },
);

/** `assessment.update`: a status or a reason, and an address with every result (Ashby's OpenAPI of 2026-08). */
export const updateProblems: Shape = (value, at) => {
  const { assessment_status: status, cancelled_reason: reason, assessment_result: result, assessment_profile_url: url } = keysOf(value);
  return [
    ...UPDATE(value, at),
    ...(status === undefined && reason === undefined ? ['assessment_status is missing, and so is cancelled_reason'] : []),
    ...(result !== undefined && url === undefined ? ['assessment_profile_url is missing, which a result has to have'] : []),
  ];
};

/** `assessment.addCompletedToCandidate` (the same). */
export const completedProblems: Shape = closed({
  candidateId: text,
  partnerId: text,
  timestamp: whole,
  assessment: closed({ assessmentTypeId: text, assessmentId: text, assessmentName: text, result: field, metadata: listOf(field) }),
});

export const valueOf = (given: unknown): unknown => keysOf(given)['value'];

/** The value of a result: a number where it is one. */
export function scoreOf(given: unknown): number | string {
  const value = valueOf(given);
  return typeof value === 'number' ? value : JSON.stringify(value);
}

/** Labels and values, as a recruiter reads them. */
export function labelled(metadata: unknown): Readonly<Record<string, unknown>> {
  const fields: readonly unknown[] = Array.isArray(metadata) ? metadata : [];
  return Object.fromEntries(fields.map(keysOf).map(({ label, value }) => [String(label), value]));
}
