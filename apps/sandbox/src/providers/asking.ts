import { isSuccess, sendTimes, type Answered, type Call } from './driving.js';
import type { Installation } from './installation.js';

/** How the vendor takes an answer. */
export interface Reading {
  /** In what it breaks the vendor's contract; a refusal in the vendor's form breaks nothing. */
  readonly problems: readonly string[];
  /** What a recruiter is shown. */
  readonly message: string | null;
}

export interface Asked extends Reading {
  readonly status: number | null;
  /** Done as asked, and said as the vendor wants it. */
  readonly accepted: boolean;
  /** The answer that counts: the first that was accepted, or else the first. */
  readonly answer: Answered;
  /** All of them: more than one where the call was repeated. */
  readonly answers: readonly Answered[];
}

const NOBODY: Answered = { status: null, text: '', body: undefined };

/** Calls the partner as often as its installation says, and reads every answer. */
export async function ask({ connection }: Installation, call: Call, read: (answered: Answered) => Reading): Promise<Asked> {
  const answers = await sendTimes(call, connection.repeats);
  const readings = answers.map((answered) => ({ answered, ...readOne(answered, read) }));
  const chosen = readings.find(({ answered, problems }) => isSuccess(answered) && problems.length === 0) ?? readings[0];
  const problems = [...new Set(readings.flatMap((reading) => reading.problems))];
  const answer = chosen?.answered ?? NOBODY;
  return {
    status: answer.status,
    accepted: isSuccess(answer) && problems.length === 0,
    problems,
    message: chosen?.message ?? null,
    answer,
    answers,
  };
}

function readOne(answered: Answered, read: (answered: Answered) => Reading): Reading {
  return answered.status === null ? { problems: ['the partner did not answer'], message: null } : read(answered);
}

/** A status that the vendor does not know from partners. */
export function unknownStatus({ status }: Answered, known: readonly number[]): Reading {
  const isKnown = known.some((one) => one === status);
  return { problems: isKnown ? [] : [`the status ${String(status)} is none of ${known.join(', ')}`], message: null };
}
