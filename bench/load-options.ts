/** What the load generator is told, as JSON. */
export interface LoadOptions {
  readonly url: string;
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second over all connections; null for as many as are answered. */
  readonly rate: number | null;
  /** Instead of GETs: new webhooks of these integrations, signed. */
  readonly webhooksOf: { readonly integrationIds: readonly string[]; readonly secret: string } | null;
}

export interface LoadResult {
  readonly answered: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers other than 2xx, and connections that failed. */
  readonly failures: number;
}
