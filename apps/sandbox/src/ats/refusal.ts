/** What a vendor refuses a request with. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    /** The vendor's own code, where it has codes. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
