/** One summary score: a test's, on its own scale. */
export interface SummaryScore {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
}

/** What of an assessment may go out to an ATS: summary scores and where the results are, never the results. */
export interface ResultContent {
  /** RFC 3339, UTC. */
  readonly completedAt: string;
  /** Percent, 1 to 99. */
  readonly roleFit: number | null;
  /** Percent, 0 to 100: how well a personality matches the profile. */
  readonly matchPercent: number | null;
  readonly scores: readonly SummaryScore[];
  readonly summary: string | null;
  /** https. */
  readonly reportUrl: string;
}

/** How far a result is on its way. `parked`: a person has to decide. `rejected`: the ATS will never take it. */
export const RESULT_STATES = ['queued', 'delivering', 'delivered', 'parked', 'rejected'] as const;
export type ResultState = (typeof RESULT_STATES)[number];
