import { type Grant, isGrant } from '#libs/consent';
import { GatewayError, type ResultContent, type SummaryScore } from '#libs/model';

/** A result that may be sent out. A proof type: only `allowResult` makes one, the protected field keeps any other object from passing as one. */
class AllowedResultProof implements ResultContent {
  declare protected readonly made: true;
  readonly completedAt: string;
  readonly roleFit: number | null;
  readonly matchPercent: number | null;
  readonly scores: readonly SummaryScore[];
  readonly summary: string | null;
  readonly reportUrl: string;

  constructor(content: ResultContent) {
    this.completedAt = content.completedAt;
    this.roleFit = content.roleFit;
    this.matchPercent = content.matchPercent;
    this.scores = content.scores;
    this.summary = content.summary;
    this.reportUrl = content.reportUrl;
    Object.freeze(this);
  }
}

export type AllowedResult = AllowedResultProof;

const MOST_SCORES = 20;
const LONGEST_SUMMARY = 500;
const LONGEST_LABEL = 80;
const LONGEST_URL = 2_000;

/**
 * Lets a result's summary out and nothing else, whatever the value holds at run time: it is rebuilt key by key. `hosts`: where a report may be, exact
 * host names. Throws `consent-does-not-cover` where the grant does not cover results, `invalid-request` with the name of what is not valid.
 */
export function allowResult(grant: Grant, result: ResultContent, hosts: readonly string[]): AllowedResult {
  if (!isGrant(grant) || !grant.write.has('result'))
    throw new GatewayError('consent-does-not-cover', { detail: 'Results may go out only where an agreement covers writing results.' });
  const { scores } = result;
  if (!Array.isArray(scores) || scores.length > MOST_SCORES) throw invalid('scores');
  return new AllowedResultProof({
    completedAt: timeOf(result.completedAt),
    roleFit: percentOf('roleFit', result.roleFit, 1, 99),
    matchPercent: percentOf('matchPercent', result.matchPercent, 0, 100),
    scores: scores.map(scoreOf),
    summary: result.summary === null ? null : textOf('summary', result.summary, LONGEST_SUMMARY),
    reportUrl: urlOf(result.reportUrl, hosts),
  });
}

function scoreOf({ name, label, value, min, max }: SummaryScore): SummaryScore {
  if (![value, min, max].every((number) => Number.isFinite(number) && Math.abs(number) <= 1_000)) throw invalid('scores.value');
  if (min >= max || value < min || value > max) throw invalid('scores.value');
  return { name: textOf('scores.name', name, LONGEST_LABEL), label: textOf('scores.label', label, LONGEST_LABEL), value, min, max };
}

function percentOf(name: string, value: number | null, least: number, most: number): number | null {
  if (value === null) return null;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalid(name);
}

function textOf(name: string, value: string, longest: number): string {
  if (typeof value !== 'string' || value.length > longest) throw invalid(name);
  const clean = value.toWellFormed().replaceAll('\0', '').trim();
  if (clean === '') throw invalid(name);
  return clean;
}

function timeOf(value: string): string {
  const at = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? new Date(value) : new Date(Number.NaN);
  if (Number.isNaN(at.getTime())) throw invalid('completedAt');
  return at.toISOString();
}

function urlOf(value: string, hosts: readonly string[]): string {
  const url = typeof value === 'string' && value.length <= LONGEST_URL ? URL.parse(value) : null;
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') throw invalid('reportUrl');
  if (!hosts.includes(url.hostname))
    throw new GatewayError('invalid-request', { detail: '"reportUrl" is at a host that RESULT_URL_HOSTS does not name' });
  return url.href;
}

const invalid = (name: string): GatewayError => new GatewayError('invalid-request', { detail: `"${name}" is not valid` });
