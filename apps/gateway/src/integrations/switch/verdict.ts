import { MATCH_RULES, RESOURCES, type Resource, type SwitchDiff, type SwitchPreview, type SwitchVerdict } from '#libs/model';

/** Below this share something is wrong with the match as a whole (another account, another region) rather than with single records. */
const LEAST_MATCHED = 0.99;

interface Evidence {
  readonly diff: SwitchDiff;
  readonly preview: SwitchPreview;
  readonly unavailable: readonly Resource[];
  /** Capabilities that the tenant has made use of by the integration that it leaves. */
  readonly used: ReadonlySet<string>;
}

/** What speaks against a switch, by name, so that a person may accept each for itself. */
export function verdictOf({ diff, preview, unavailable, used }: Evidence): SwitchVerdict {
  const unmatched = RESOURCES.filter((resource) => {
    const { here, matched } = diff[resource];
    const found = MATCH_RULES.reduce((sum, rule) => sum + matched[rule], 0);
    return here > 0 && found < here * LEAST_MATCHED;
  });
  const reasons = [
    ...unmatched.map((resource) => `matched-under-99-percent:${resource}`),
    ...unavailable.map((resource) => `resource-unavailable:${resource}`),
    ...preview.capabilities.lost.filter((name) => used.has(name)).map((name) => `capability-lost:${name}`),
    ...preview.fields.lost.map((name) => `field-lost:${name}`),
  ];
  return { verdict: reasons.length === 0 ? 'ready' : 'blocked', reasons };
}
