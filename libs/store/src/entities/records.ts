import { defineEntity, p } from '@mikro-orm/core';

const time = () => p.datetime().columnType('timestamptz');

const record = {
  tenantId: p.uuid().primary(),
  id: p.uuid().primary(),
  remoteId: p.text().nullable(),
  remoteUpdatedAt: time().nullable(),
  changedAt: time(),
  deletedAt: time().nullable(),
};

const person = { firstName: p.text().nullable(), lastName: p.text().nullable(), email: p.text().nullable() };

/** Which id of ours stands for what a connector calls a record. Made at first sight, references included. */
export const Identity = defineEntity({
  name: 'Identity',
  tableName: 'identity',
  properties: {
    tenantId: p.uuid().primary(),
    resource: p.text().primary(),
    integrationId: p.uuid().primary(),
    externalId: p.text().primary(),
    id: p.uuid(),
    remoteId: p.text().nullable(),
  },
});

export const User = defineEntity({ name: 'User', tableName: 'ats_user', properties: { ...record, ...person } });

export const Job = defineEntity({
  name: 'Job',
  tableName: 'job',
  properties: {
    ...record,
    name: p.text().nullable(),
    status: p.text(),
    visibility: p.text(),
    location: p.json<object>().nullable(),
    stages: p.json<object[]>(),
    hiringTeam: p.json<object[]>(),
  },
});

export const Application = defineEntity({
  name: 'Application',
  tableName: 'application',
  properties: {
    ...record,
    candidateId: p.uuid().nullable(),
    jobId: p.uuid().nullable(),
    stageId: p.uuid().nullable(),
    stageName: p.text().nullable(),
    remoteCreatedAt: time().nullable(),
  },
});

export const Candidate = defineEntity({
  name: 'Candidate',
  tableName: 'candidate',
  properties: { ...record, ...person, remoteCreatedAt: time().nullable() },
});

/** What changed, in the order of `seq`; a reader takes only rows below `pg_snapshot_xmin`, so that none is skipped. */
export const Change = defineEntity({
  name: 'Change',
  tableName: 'change',
  properties: {
    tenantId: p.uuid().primary(),
    seq: p.bigint('string').primary(),
    xid: p.text().columnType('xid8'),
    resource: p.text(),
    recordId: p.uuid(),
    kind: p.text(),
    fields: p.array(),
    details: p.json<Record<string, string | null>>().nullable(),
    at: time(),
  },
});
