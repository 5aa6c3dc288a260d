import { Injectable } from '@nestjs/common';
import { allow } from '#libs/allowlist';
import type { Grant } from '#libs/consent';
import type { RemoteRecord, Resource } from '#libs/model';
import { countPushed, deleteFromShadow, IntegrationSwitch, lockGate, writeShadow, type Transaction } from '#libs/store';
import { scopeOf } from '../../pipeline/scope.js';
import { StaleGrant } from '../../pipeline/stops.js';
import { shadowOf } from './fingerprints.js';
import { ShadowKeys } from './shadow-keys.js';
import { OPEN_STATES } from './switches.js';

interface Shadowed {
  readonly tx: Transaction;
  readonly grant: Grant;
  readonly switchId: string;
  readonly now: Date;
}

/** Takes what an ATS sends of its own accord into the shadow of a switch to it: the gate, the allowlist, and hashes instead of a store. */
@Injectable()
export class ShadowPushes {
  constructor(private readonly keys: ShadowKeys) {}

  /** The tenant's switch to this integration that is under way; null where there is none. */
  async switchTo(
    tx: Transaction,
    { tenantId, integrationId }: { readonly tenantId: string; readonly integrationId: string },
  ): Promise<string | null> {
    const open = await tx.em.findOne(IntegrationSwitch, { tenantId, toIntegrationId: integrationId, state: { $in: [...OPEN_STATES] } });
    return open?.id ?? null;
  }

  /** Throws `StaleGrant`, and `remote-invalid-response` where an id cannot be taken. */
  async store<R extends Resource>({ tx, grant, switchId, now }: Shadowed, resource: R, records: readonly RemoteRecord<R>[]): Promise<void> {
    if (!(await lockGate(tx, grant, now))) throw new StaleGrant();
    const { tenantId } = grant;
    const allowed = records.map((record) => allow(grant, record));
    const isInScope = resource === 'job' ? await scopeOf(tx, grant, resource, allowed) : () => true;
    const fingerprints = await this.keys.open(tx, { tenantId, id: switchId });
    await countPushed(tx, { tenantId, switchId }, { resource, count: records.length, now });
    await writeShadow(
      tx,
      { tenantId, switchId },
      allowed.filter(isInScope).flatMap((record) => shadowOf(fingerprints, record)),
    );
  }

  /** Throws `StaleGrant`. */
  async remove({ tx, grant, switchId, now }: Shadowed, resource: Resource, externalIds: readonly string[]): Promise<void> {
    if (!(await lockGate(tx, grant, now))) throw new StaleGrant();
    await deleteFromShadow(tx, { tenantId: grant.tenantId, switchId }, resource, externalIds);
  }
}
