import { Injectable } from '@nestjs/common';
import type { ResultTarget } from '#libs/connectors';
import { GatewayError } from '#libs/model';
import { openOrderOf, readTarget, type ResultName, type Transaction } from '#libs/store';

/** What a result is about, in the words of the integration that delivers it. */
@Injectable()
export class ResultTargets {
  /** Throws `not-found` where the application is gone, `config-invalid` where the integration has not read it (yet). */
  async find(
    tx: Transaction,
    { tenantId, applicationId }: ResultName,
    integrationId: string,
  ): Promise<{ readonly target: ResultTarget; readonly orderId: string | null }> {
    const target = await readTarget(tx, { tenantId, integrationId, applicationId });
    if (target === null) throw new GatewayError('not-found', { detail: 'the application is gone' });
    const { application, candidate, job } = target;
    if (application === null)
      throw new GatewayError('config-invalid', { detail: 'the active integration has not read this application; sync, then retry' });
    const order = await openOrderOf(tx, { tenantId, integrationId }, applicationId);
    return { target: { application, candidate, job, order: order?.externalId ?? null }, orderId: order?.id ?? null };
  }
}
