import type { Grant } from '#libs/consent';
import type { Call } from '../contract/call.js';
import { requireGranted } from '../contract/granted.js';
import type { OrderPort, RemoteOrder } from '../contract/orders.js';
import { isExternalId, isObject, own } from '../contract/raw-object.js';
import { readList, sendOnce } from './client.js';
import { assessmentIntegrationOf } from './results.js';

const PAGE_SIZE = '250';

/** Orders and packages of a customer's connection of category ASSESSMENT (Kombo OpenAPI, 2026-05-02). */
export const orders: OrderPort = {
  setting: 'komboAssessmentIntegrationId',
  async publish(call, packages) {
    const body = { packages: packages.map(({ id, name }) => ({ id, type: 'SKILLS_TEST', name, description: name })) };
    await sendOnce(call, 'PUT', 'assessment/packages', body, assessmentIntegrationOf(call));
  },
  async one(call, grant, externalId) {
    requireLeave(grant);
    const { results } = await readList(call, 'assessment/orders', { ids: externalId }, assessmentIntegrationOf(call));
    return results.flatMap(orderIn).find((order) => order.externalId === externalId) ?? null;
  },
  async open(call: Call, grant, cursor) {
    requireLeave(grant);
    const query = { statuses: 'OPEN', page_size: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) };
    const { results, next } = await readList(call, 'assessment/orders', query, assessmentIntegrationOf(call));
    return { orders: results.flatMap(orderIn), next };
  },
};

/** An order tells of a candidate and their application. */
function requireLeave(grant: Grant): void {
  requireGranted(grant, 'application');
  requireGranted(grant, 'candidate');
}

/** An order without an id or a package cannot be answered, and is left to Kombo. */
function orderIn(item: unknown): RemoteOrder[] {
  if (!isObject(item)) return [];
  const [externalId, packageId] = [own(item, 'id'), own(item, 'package_id')];
  if (!isExternalId(externalId) || !isExternalId(packageId)) return [];
  const application = partIn(item, 'application');
  const candidate = partIn(item, 'candidate');
  const email = own(candidate, 'email');
  return [
    {
      externalId,
      packageId,
      applicationRemoteId: idIn(application),
      candidateRemoteId: idIn(candidate),
      candidateEmail: typeof email === 'string' && email.length <= 320 ? email : null,
    },
  ];
}

function partIn(item: object, key: string): object {
  const part = own(item, key);
  return isObject(part) ? part : {};
}

function idIn(part: object): string | null {
  const id = own(part, 'remote_id');
  return isExternalId(id) ? id : null;
}
