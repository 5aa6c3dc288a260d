/** How an order of an assessment stands. It is `received` from the ATS, `started` by us, and ends in one of the others. */
export const ORDER_STATES = ['received', 'started', 'completed', 'cancelled', 'expired'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** An assessment that can be ordered in an ATS. */
export interface AssessmentPackage {
  readonly id: string;
  readonly name: string;
}
