import { fieldNamesOf, GatewayError, type Resource, RESOURCES } from '#libs/model';
import fc from 'fast-check';
import { decide } from './decision.js';
import { isGrant, type Grant } from './grant.js';
import { grantFor, type GrantRequest, requireResource } from './grant-for.js';
import { entriesOfALedger } from './any-ledger.for-spec.js';
import { DISABLED, ENABLED, ledger, NOW, signed } from './ledger.for-spec.js';
import { NEXT_STEP, REASONS } from './reasons.js';

const OPEN = decide(ledger(signed(), ENABLED), NOW);

const request = (changes: Partial<GrantRequest> = {}): GrantRequest => ({
  tenantId: 'tenant',
  decision: OPEN,
  epoch: '7',
  integration: { id: 'integration', type: 'native' },
  purpose: 'sync',
  narrowing: { hiddenFields: {}, jobScope: null },
  ...changes,
});

function granted(changes: Partial<GrantRequest> = {}): Grant {
  const outcome = grantFor(request(changes));
  if (!outcome.granted) throw new Error(outcome.detail);
  return outcome.grant;
}

const fieldsIn = (grant: Grant): string[] =>
  [...grant.fields].flatMap(([resource, names]) => [...names].map((name) => `${resource}.${name}`));

const everyField = RESOURCES.flatMap((resource) => fieldNamesOf(resource).map((name) => ({ resource, name })));
const someFields = fc.subarray([...everyField, { resource: 'candidate' as const, name: 'salary' }]);
const hiding = (fields: readonly { readonly resource: Resource; readonly name: string }[]) => ({
  jobScope: null,
  hiddenFields: Object.fromEntries(
    RESOURCES.map((resource) => [resource, fields.flatMap((field) => (field.resource === resource ? field.name : []))]),
  ),
});

describe('a grant', () => {
  it('holds every allowlisted field of what the agreement covers, and no more', () => {
    const decision = decide(ledger(signed({ covers: { read: ['job'], write: [] } }), ENABLED), NOW);
    expect(fieldsIn(granted({ decision }))).toEqual(fieldNamesOf('job').map((name) => `job.${name}`));
  });

  it('names the tenant, the integration, the epoch and the job scope that it was made for', () => {
    const jobScope = { stageNameContains: 'Alva' };
    expect(granted({ narrowing: { hiddenFields: {}, jobScope } })).toMatchObject({
      tenantId: 'tenant',
      integrationId: 'integration',
      integrationType: 'native',
      epoch: '7',
      purpose: 'sync',
      jobScope,
    });
  });

  it('is narrowed by hidden fields, never widened: hiding more leaves less', () => {
    fc.assert(
      fc.property(someFields, someFields, (some, more) => {
        const whole = fieldsIn(granted());
        const once = fieldsIn(granted({ narrowing: hiding(some) }));
        const twice = fieldsIn(granted({ narrowing: hiding([...some, ...more]) }));
        expect(whole).toEqual(expect.arrayContaining(once));
        expect(once).toEqual(expect.arrayContaining(twice));
        expect(once.filter((field) => some.some(({ resource, name }) => field === `${resource}.${name}`))).toEqual([]);
      }),
    );
  });

  it('reads or writes by its purpose, never both', () => {
    expect(granted({ purpose: 'sync' }).write.size).toBe(0);
    expect(granted({ purpose: 'serve' }).write.size).toBe(0);
    expect(granted({ purpose: 'write-back' }).fields.size).toBe(0);
    expect([...granted({ purpose: 'write-back' }).write]).toEqual(['result']);
  });

  it('is made exactly while the decision is open, for an integration type and purpose without further needs', () => {
    fc.assert(
      fc.property(entriesOfALedger, (contents) => {
        const decision = decide(ledger(...contents), NOW);
        expect(grantFor(request({ decision })).granted).toBe(decision.open && decision.read.length > 0);
      }),
    );
  });

  it('is refused with every reason and the next step', () => {
    expect(grantFor(request({ decision: decide(ledger(signed(), DISABLED), NOW) }))).toEqual({
      granted: false,
      kind: 'integration-disabled',
      reasons: ['integration-disabled'],
      detail: NEXT_STEP['integration-disabled'],
    });
    expect(REASONS.filter((reason) => !NEXT_STEP[reason].endsWith('.'))).toEqual([]);
  });

  it('cannot be made up: an object of the same content is none', () => {
    const grant = granted();
    expect(isGrant(grant)).toBe(true);
    expect([{ ...grant }, Object.create(grant), null, 'grant'].map(isGrant)).toEqual([false, false, false, false]);
    expect(Object.isFrozen(grant)).toBe(true);
  });

  it('is asked before a resource is read', () => {
    const grant = granted({ decision: decide(ledger(signed({ covers: { read: ['job'], write: [] } }), ENABLED), NOW) });
    expect(() => requireResource(grant, 'job')).not.toThrow();
    expect(() => requireResource(grant, 'candidate')).toThrow(
      new GatewayError('consent-does-not-cover', { detail: NEXT_STEP['resource-not-covered'] }),
    );
  });
});
