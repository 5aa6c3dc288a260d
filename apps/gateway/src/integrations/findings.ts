import type { Connector } from '#libs/connectors';
import type { Finding } from '#libs/store';

/** The source collects what we must not hold. None of it enters; it should not even lie there. */
export const SCOPE_EXCESS = 'scope-excess';

/** What we need is switched off at the source. */
export const SCOPE_LACKING = 'scope-lacking';

/** A complete read found jobs and not one application. */
export const NO_APPLICATIONS = 'no-applications';

/** The source does not offer these resources (any more). */
export const RESOURCE_UNAVAILABLE = 'resource-unavailable';

const NEXT_STEPS: ReadonlyMap<string, string> = new Map([
  [
    SCOPE_EXCESS,
    'Narrow it at the source: switch these off in the scope configuration. The gateway drops them, and the source still holds them.',
  ],
  [
    SCOPE_LACKING,
    'Switch these on in the scope configuration at the source, or have the customer tick them: records are incomplete without.',
  ],
  [RESOURCE_UNAVAILABLE, 'Switch them on at the source; the other resources are read meanwhile.'],
  [NO_APPLICATIONS, 'Look at the ATS whether there are none; else the source hides them.'],
]);

export interface FindingView extends Finding {
  readonly nextStep: string | null;
}

/** A finding as a person reads it. */
export function findingView({ manifest }: Connector, { code, names }: Finding): FindingView {
  const hint = code === NO_APPLICATIONS ? manifest.noApplicationsHint : null;
  return { code, names, nextStep: hint ?? NEXT_STEPS.get(code) ?? null };
}

/** The findings, those of the given codes replaced. */
export function withFindings(findings: readonly Finding[], codes: readonly string[], found: readonly Finding[]): Finding[] {
  return [...findings.filter(({ code }) => !codes.includes(code)), ...found];
}
