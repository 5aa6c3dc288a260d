import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { GatewayError, type Clock } from '#libs/model';
import { findPartnerKey, lockTenant, PartnerKey, Store, type PartnerKeyRow } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Integrations } from '../integrations/integrations.js';

/** Two, so that one can replace the other while both work. */
const MOST_LIVE = 2;

const SECRET_BYTES = 32;
const KEY = /^apk_([0-9a-f]{32})_([\w-]{43})$/;

/** The ATS that calls, for the tenant and integration of its key. */
export interface PartnerCaller {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly keyId: string;
}

/** Keys of the partner API: made for one integration, shown once, kept as hashes. */
@Injectable()
export class PartnerKeys {
  constructor(
    private readonly store: Store,
    private readonly integrations: Integrations,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A new key and its text, which is never shown again. Throws `unsupported` where the integration is of another type, `conflict` where two are live. */
  create(tenantId: string, integrationId: string, by: string): Promise<{ readonly row: PartnerKeyRow; readonly key: string }> {
    return this.store.inTenant(tenantId, async (tx) => {
      await lockTenant(tx, tenantId);
      const { type } = await this.integrations.find(tx, tenantId, integrationId);
      if (type !== 'partner') throw new GatewayError('unsupported', { detail: 'only integrations of the type partner have keys' });
      const live = await tx.em.count(PartnerKey, { tenantId, integrationId, revokedAt: null });
      if (live >= MOST_LIVE) throw new GatewayError('conflict', { detail: 'two keys are live; delete one of them first' });
      const id = uuidv7();
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      const row = tx.em.create(PartnerKey, {
        tenantId,
        id,
        integrationId,
        secretHash: hashOf(secret),
        createdAt: this.clock.now(),
        createdBy: by,
      });
      await tx.em.flush();
      return { row, key: `apk_${id.replaceAll('-', '')}_${secret}` };
    });
  }

  list(tenantId: string, integrationId: string): Promise<PartnerKeyRow[]> {
    return this.store.inTenant(tenantId, async (tx) => {
      await this.integrations.find(tx, tenantId, integrationId);
      return tx.em.find(PartnerKey, { tenantId, integrationId, revokedAt: null }, { orderBy: { id: 'asc' } });
    });
  }

  /** Takes a key back, at once. Throws `not-found`. */
  async revoke(tenantId: string, integrationId: string, id: string): Promise<void> {
    await this.store.inTenant(tenantId, async (tx) => {
      const row = await tx.em.findOne(PartnerKey, { tenantId, integrationId, id, revokedAt: null });
      if (row === null) throw new GatewayError('not-found', { detail: 'no such key of this integration' });
      row.revokedAt = this.clock.now();
      await tx.em.flush();
    });
  }

  /** Whose key it is; null for what is none, or none any more. */
  async verify(text: string): Promise<PartnerCaller | null> {
    const [, compactId, secret] = KEY.exec(text) ?? [];
    if (compactId === undefined || secret === undefined) return null;
    const keyId = compactId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const found = await this.store.inPlatform((tx) => findPartnerKey(tx, keyId));
    if (found === null || !timingSafeEqual(Buffer.from(found.secretHash), Buffer.from(hashOf(secret)))) return null;
    return { tenantId: found.tenantId, integrationId: found.integrationId, keyId };
  }
}

/** A secret of 256 random bits needs no slow hash. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
