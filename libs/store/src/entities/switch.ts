import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { ErrorKind, Resource, SwitchDiff, SwitchPreview, SwitchState, SwitchVerdict } from '#libs/model';

const time = () => p.datetime().columnType('timestamptz');

/** How far the target has been read. */
export interface ShadowProgress {
  readonly pages: number;
  readonly read: Readonly<Record<Resource, number>>;
  readonly setAside: number;
  /** What the target does not offer. */
  readonly unavailable: readonly Resource[];
}

/** Where the read of the target goes on. */
export interface ShadowPosition {
  readonly step: number;
  readonly cursor: string | null;
}

/** One switch, from its asking on; kept for ever. `attempt` fences the worker that reads the target. */
export const IntegrationSwitch = defineEntity({
  name: 'IntegrationSwitch',
  tableName: 'integration_switch',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    /** Null where none was active. */
    fromIntegrationId: p.uuid().nullable(),
    toIntegrationId: p.uuid(),
    state: p.text().$type<SwitchState>(),
    reason: p.text().nullable(),
    askedBy: p.text(),
    askedAt: time(),
    /** Of the agreement that governed when it was asked for, then when it was cut over. */
    documentVersion: p.text().nullable(),
    preview: p.json<SwitchPreview>(),
    /** Of the hashes; forgotten with them. */
    sealedKey: p.blob().nullable(),
    attempt: p.integer(),
    leaseUntil: time().nullable(),
    position: p.json<ShadowPosition>(),
    progress: p.json<ShadowProgress>(),
    diff: p.json<SwitchDiff>().nullable(),
    verdict: p.json<SwitchVerdict>().nullable(),
    error: p.text().$type<ErrorKind>().nullable(),
    comparedAt: time().nullable(),
    cutOverAt: time().nullable(),
    cutOverBy: p.text().nullable(),
    /** The reasons against it that the person who cut over had named. */
    accepted: p.array().nullable(),
    rolledBackAt: time().nullable(),
    rolledBackBy: p.text().nullable(),
    updatedAt: time(),
  },
});
export type SwitchRow = InferEntity<typeof IntegrationSwitch>;

/** A record (or a job's stage) of the target: what it is called, and keyed hashes of what it says. */
export const ShadowRecord = defineEntity({
  name: 'ShadowRecord',
  tableName: 'shadow_record',
  properties: {
    tenantId: p.uuid().primary(),
    switchId: p.uuid().primary(),
    resource: p.text().primary(),
    externalId: p.text().primary(),
    remoteId: p.text().nullable(),
    naturalKey: p.text().nullable(),
    hashes: p.json<Readonly<Record<string, string>>>(),
    /** What it refers to, by the target's names. */
    refs: p.json<Readonly<Record<string, string | readonly string[] | null>>>(),
    matchedId: p.uuid().nullable(),
    rule: p.text().nullable(),
  },
});

/** The natural key of a record that is stored, as a keyed hash: of those that no remote id has matched. */
export const ShadowKey = defineEntity({
  name: 'ShadowKey',
  tableName: 'shadow_key',
  properties: {
    tenantId: p.uuid().primary(),
    switchId: p.uuid().primary(),
    resource: p.text().primary(),
    id: p.uuid().primary(),
    parentId: p.uuid().primary(),
    naturalKey: p.text(),
  },
});
