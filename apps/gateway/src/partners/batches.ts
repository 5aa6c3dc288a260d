import { Injectable } from '@nestjs/common';
import { GatewayError, RESOURCES, type RemoteRecord, type Resource } from '#libs/model';
import { StrictPipe } from '../http/validation.js';
import { ApplicationBody, BatchItemBody, CandidateBody, JobBody, UserBody } from './partner.dto.js';
import type { PartnerCaller } from './partner-keys.js';
import { Pushes } from './pushes.js';
import { remoteRecord, type Bodies } from './remote-records.js';

/** What became of one item, in the order in which they came. */
export interface ItemOutcome {
  readonly index: number;
  readonly resource: string | null;
  readonly remoteId: string | null;
  readonly outcome: 'stored' | 'deleted' | 'out-of-scope' | 'refused';
  readonly id: string | null;
  /** Why it was refused. */
  readonly detail: string | null;
}

const CLASSES: { readonly [R in Resource]: new () => Bodies[R] } = {
  user: UserBody,
  job: JobBody,
  candidate: CandidateBody,
  application: ApplicationBody,
};

/** Jobs before what refers to them by a tenant's scope. */
const ORDER: readonly Resource[] = ['user', 'job', 'application', 'candidate'];

interface Sound<R extends Resource = Resource> {
  readonly index: number;
  readonly resource: R;
  readonly remoteId: string;
  /** Null: it is deleted. */
  readonly record: RemoteRecord<R> | null;
}

/** Many records at once: each is looked at by itself, the good ones are kept, and what is wrong with the others is said. */
@Injectable()
export class Batches {
  private readonly pipe = new StrictPipe();

  constructor(private readonly pushes: Pushes) {}

  async take(caller: PartnerCaller, items: readonly object[]): Promise<readonly ItemOutcome[]> {
    const read = await Promise.all(items.map((item, index) => this.read(item, index)));
    const sound = read.filter((item): item is Sound => 'record' in item);
    const outcomes = await this.store(caller, sound);
    return read.map((item) => ('record' in item ? (outcomes.get(item.index) ?? lost(item)) : item));
  }

  private async read(item: object, index: number): Promise<Sound | ItemOutcome> {
    try {
      const { resource, remoteId, record, deleted = false } = await this.checked(item, BatchItemBody);
      if (deleted === (record !== undefined))
        throw new GatewayError('invalid-request', { detail: 'an item has either "record" or "deleted": true' });
      return { index, resource, remoteId, record: record === undefined ? null : await this.recordOf(resource, remoteId, record) };
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      return { index, ...namesIn(item), outcome: 'refused', id: null, detail: error.detail ?? error.kind };
    }
  }

  private async recordOf<R extends Resource>(resource: R, remoteId: string, record: object): Promise<RemoteRecord<R>> {
    return remoteRecord(resource, remoteId, await this.checked(record, CLASSES[resource]));
  }

  private async checked<T extends object>(value: object, type: new () => T): Promise<T> {
    const checked: unknown = await this.pipe.transform(value, { type: 'body', metatype: type });
    if (checked instanceof type) return checked;
    throw new GatewayError('invalid-request');
  }

  /** All of them in one transaction: of two with one name the last one counts. */
  private store(caller: PartnerCaller, sound: readonly Sound[]): Promise<ReadonlyMap<number, ItemOutcome>> {
    return this.pushes.intake(caller, async (intake, grant) => {
      const outcomes = new Map<number, ItemOutcome>();
      for (const resource of ORDER) {
        const items = sound.filter((item) => item.resource === resource);
        const isCovered = grant.fields.has(resource);
        const covered = isCovered ? items : [];
        for (const item of isCovered ? [] : items) outcomes.set(item.index, refused(item, 'the agreement does not cover this resource'));
        const last = new Map(covered.map((item) => [item.remoteId, item]));
        const records = [...last.values()].flatMap(({ record }) => (record === null ? [] : [record]));
        const { stored, outOfScope } = await intake.store(resource, records);
        const gone = [...last.values()].flatMap(({ record, remoteId }) => (record === null ? [remoteId] : []));
        await intake.remove(resource, gone);
        for (const item of covered) {
          const id = stored.get(item.remoteId) ?? null;
          const outcome = gone.includes(item.remoteId) ? 'deleted' : outOfScope.includes(item.remoteId) ? 'out-of-scope' : 'stored';
          outcomes.set(item.index, { ...nameOf(item), outcome, id, detail: null });
        }
      }
      return outcomes;
    });
  }
}

const nameOf = ({ index, resource, remoteId }: Sound) => ({ index, resource, remoteId });

const refused = (item: Sound, detail: string): ItemOutcome => ({ ...nameOf(item), outcome: 'refused', id: null, detail });

const lost = (item: Sound): ItemOutcome => refused(item, 'it was not looked at');

/** What an item calls itself, where that can be shown. */
function namesIn(item: object): Pick<ItemOutcome, 'resource' | 'remoteId'> {
  const resource: unknown = 'resource' in item ? item.resource : null;
  const remoteId: unknown = 'remoteId' in item ? item.remoteId : null;
  return {
    resource: RESOURCES.find((known) => known === resource) ?? null,
    remoteId: typeof remoteId === 'string' && remoteId.length <= 200 ? remoteId : null,
  };
}
