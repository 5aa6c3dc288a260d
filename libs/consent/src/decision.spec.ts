import type { IntegrationType, Outward, Resource } from '#libs/model';
import { decide } from './decision.js';
import type { EntryContent } from './entry.js';
import { grantFor, type GrantOutcome } from './grant-for.js';
import { day, DISABLED, ENABLED, ledger, NOW, OBJECTED, signed, terminated } from './ledger.for-spec.js';
import type { Reason } from './reasons.js';

const DIMENSIONS = {
  /** `v1+v2`: v1 has long been in force, covers all, and lists Kombo exactly where v2 does not. The other dimensions speak of the latest. */
  agreement: ['none', 'v1', 'v1+v2'],
  dates: ['past', 'future', 'expired'],
  covers: ['both', 'reads', 'writes'],
  listed: [true, false],
  /** `before` and `after` are about the place in the ledger relative to the latest agreement. */
  termination: ['none', 'before', 'after', 'in future'],
  objection: ['none', 'before', 'after'],
  enabling: ['never', 'enabled', 'disabled', 're-enabled'],
  direction: ['read', 'write'],
  type: ['kombo', 'native', 'partner'],
} as const;

type Case = { readonly [D in keyof typeof DIMENSIONS]: (typeof DIMENSIONS)[D][number] };

function* cases(): Generator<Case> {
  const { agreement, dates, covers, listed, termination, objection, enabling, direction, type } = DIMENSIONS;
  for (const a of agreement)
    for (const d of dates)
      for (const c of covers)
        for (const l of listed)
          for (const t of termination)
            for (const o of objection)
              for (const e of enabling)
                for (const r of direction)
                  for (const i of type)
                    yield {
                      agreement: a,
                      dates: d,
                      covers: c,
                      listed: l,
                      termination: t,
                      objection: o,
                      enabling: e,
                      direction: r,
                      type: i,
                    };
}

const READS: readonly Resource[] = ['job', 'candidate'];
const WRITES: readonly Outward[] = ['result'];
const FROM_TO = {
  past: { effectiveFrom: day(-10), effectiveTo: day(10) },
  future: { effectiveFrom: day(10) },
  expired: { effectiveFrom: day(-10), effectiveTo: NOW.toISOString() },
} as const;
const ENABLING = { never: [], enabled: [ENABLED], disabled: [ENABLED, DISABLED], 're-enabled': [ENABLED, DISABLED, ENABLED] } as const;

function ledgerOf({ agreement, dates, covers, listed, termination, objection, enabling }: Case): EntryContent[] {
  const listing = (isListed: boolean) => (isListed ? ['kombo'] : ['other']);
  const latest = signed({
    documentVersion: 'latest',
    ...FROM_TO[dates],
    covers: { read: covers === 'writes' ? [] : READS, write: covers === 'reads' ? [] : WRITES },
    subProcessors: listing(listed),
  });
  return [
    ...(agreement === 'v1+v2' ? [signed({ covers: { read: READS, write: WRITES }, subProcessors: listing(!listed) })] : []),
    ...(termination === 'before' ? [terminated(day(-20))] : []),
    ...(objection === 'before' ? [OBJECTED] : []),
    ...(agreement === 'none' ? [] : [latest]),
    ...(termination === 'after' ? [terminated(NOW.toISOString())] : termination === 'in future' ? [terminated(day(1))] : []),
    ...(objection === 'after' ? [OBJECTED] : []),
    ...ENABLING[enabling],
  ];
}

/** What must come out, told from the case alone: `granted`, or the first reason why not. */
function expected(of: Case): 'granted' | Reason {
  if (of.agreement === 'none') return 'dpa-never-signed';
  const olderGoverns = of.agreement === 'v1+v2' && of.dates === 'future';
  if (!olderGoverns && of.dates === 'future') return 'dpa-not-yet-effective';
  if (!olderGoverns && of.dates === 'expired') return 'dpa-expired';
  const strikesGoverning = (place: string) => place === 'after' || (place === 'before' && olderGoverns);
  if (strikesGoverning(of.termination)) return 'dpa-terminated';
  if (of.enabling === 'never') return 'integration-never-enabled';
  if (of.enabling === 'disabled') return 'integration-disabled';
  const isListed = olderGoverns ? !of.listed : of.listed;
  if (of.type === 'kombo' && (!isListed || strikesGoverning(of.objection))) return 'sub-processor-not-listed';
  if (olderGoverns || of.covers === 'both') return 'granted';
  if (of.direction === 'read' && of.covers === 'writes') return 'resource-not-covered';
  return of.direction === 'write' && of.covers === 'reads' ? 'result-not-covered' : 'granted';
}

function outcomeOf(of: Case): GrantOutcome {
  return grantFor({
    tenantId: 'tenant',
    decision: decide(ledger(...ledgerOf(of)), NOW),
    epoch: '7',
    integration: { id: 'integration', type: of.type satisfies IntegrationType },
    purpose: of.direction === 'read' ? 'sync' : 'write-back',
    narrowing: { hiddenFields: {}, jobScope: null },
  });
}

const OUTCOMES = [
  'granted',
  'dpa-never-signed',
  'dpa-not-yet-effective',
  'dpa-expired',
  'dpa-terminated',
  'integration-never-enabled',
  'integration-disabled',
  'sub-processor-not-listed',
  'resource-not-covered',
  'result-not-covered',
] as const satisfies readonly ('granted' | Reason)[];

const KINDS = {
  'integration-never-enabled': 'integration-disabled',
  'integration-disabled': 'integration-disabled',
  'sub-processor-not-listed': 'consent-does-not-cover',
  'resource-not-covered': 'consent-does-not-cover',
  'result-not-covered': 'consent-does-not-cover',
} as const satisfies Partial<Record<Reason, string>>;

const kindOf = (reason: Reason): string => new Map<string, string>(Object.entries(KINDS)).get(reason) ?? 'consent-missing';

describe('what a tenant’s ledger lets through', () => {
  it('is what the oracle says, for every combination of entries, integration type and direction', () => {
    const wrong: unknown[] = [];
    const seen = new Set<string>();
    for (const of of cases()) {
      const outcome = outcomeOf(of);
      const wanted = expected(of);
      seen.add(wanted);
      const isRight = outcome.granted ? wanted === 'granted' : wanted === outcome.reasons[0] && outcome.kind === kindOf(wanted);
      if (!isRight) wrong.push({ of, wanted, outcome });
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect([...seen].sort()).toEqual([...OUTCOMES].sort());
  });

  it('says what an agreement in force covers, and that it was objected to', () => {
    const terms = signed({
      covers: { read: ['candidate', 'job', 'job'], write: ['result'] },
      subProcessors: ['other', 'kombo'],
      effectiveTo: day(3),
    });
    expect(decide(ledger(terms, ENABLED, OBJECTED, terminated(day(2))), NOW)).toEqual({
      open: true,
      read: ['job', 'candidate'],
      write: ['result'],
      subProcessors: ['other'],
      reasons: ['sub-processor-objected'],
      refusal: null,
      documentVersion: 'v1',
      nextChangeAt: new Date(day(2)),
    });
  });

  it('is nothing while closed, with every reason for it', () => {
    expect(decide(ledger(signed({ effectiveTo: day(-1) }), terminated(day(-2)), DISABLED), NOW)).toEqual({
      open: false,
      read: [],
      write: [],
      subProcessors: [],
      reasons: ['dpa-expired', 'dpa-terminated', 'integration-disabled'],
      refusal: 'consent-missing',
      documentVersion: 'v1',
      nextChangeAt: null,
    });
  });
});
