/** Why data may not move, or less of it than the agreement says. A closed list: codes are safe to log and to show. */
export const REASONS = [
  'ledger-not-understood',
  'dpa-never-signed',
  'dpa-not-yet-effective',
  'dpa-expired',
  'dpa-terminated',
  'integration-never-enabled',
  'integration-disabled',
  'sub-processor-objected',
  'sub-processor-not-listed',
  'resource-not-covered',
  'result-not-covered',
] as const;

export type Reason = (typeof REASONS)[number];

/** What to do about a reason, one sentence each. */
export const NEXT_STEP: { readonly [R in Reason]: string } = {
  'ledger-not-understood': 'The consent ledger holds an entry that this version does not know: run the version that recorded it.',
  'dpa-never-signed': 'Have the customer sign a data processing agreement and record it.',
  'dpa-not-yet-effective': 'Wait until the data processing agreement takes effect, or record one that is in force.',
  'dpa-expired': 'Have the customer renew the data processing agreement and record it.',
  'dpa-terminated': 'The customer terminated the data processing agreement: a new one has to be signed and recorded.',
  'integration-never-enabled': 'Have the customer enable the integration and record it.',
  'integration-disabled': 'The customer disabled the integration: it has to be enabled and recorded again.',
  'sub-processor-objected':
    'The customer objected to the sub-processor: use another integration type, or record a new agreement that lists it.',
  'sub-processor-not-listed': 'Record a data processing agreement that lists the sub-processor, or use another integration type.',
  'resource-not-covered': 'Record a data processing agreement that covers reading this.',
  'result-not-covered': 'Record a data processing agreement that covers sending results.',
};
