/** The grant's epoch has passed: something about the tenant's consent, policy or integration changed. A new grant may be had, or not. */
export class StaleGrant extends Error {
  override readonly name = 'StaleGrant';
}

/** The run was cancelled, or another worker has taken it. */
export class LostRun extends Error {
  override readonly name = 'LostRun';
}
