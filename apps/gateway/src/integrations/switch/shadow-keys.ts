import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { GatewayError } from '#libs/model';
import { IntegrationSwitch, Sealer, type Place, type Transaction } from '#libs/store';
import { Fingerprints } from './fingerprints.js';

const KEY_BYTES = 32;

const placeOf = (switchId: string): Place => ({ table: 'integration_switch', column: 'sealed_key', rowId: switchId });

/** The keys of the shadows' hashes: one for each switch, sealed, and forgotten with the shadow. */
@Injectable()
export class ShadowKeys {
  constructor(private readonly sealer: Sealer) {}

  /** A new switch's key, as it is stored. */
  make(tx: Transaction, tenantId: string, switchId: string): Promise<Buffer> {
    return this.sealer.seal(tx, tenantId, placeOf(switchId), randomBytes(KEY_BYTES).toString('base64'));
  }

  /** Throws `conflict` where the switch has come to an end. */
  async open(tx: Transaction, { tenantId, id }: { readonly tenantId: string; readonly id: string }): Promise<Fingerprints> {
    const { sealedKey } = await tx.em.findOneOrFail(IntegrationSwitch, { tenantId, id });
    if (sealedKey === null || sealedKey === undefined) throw new GatewayError('conflict', { detail: 'the switch is over' });
    return new Fingerprints(Buffer.from(await this.sealer.open(tx, tenantId, placeOf(id), Buffer.from(sealedKey)), 'base64'));
  }
}
