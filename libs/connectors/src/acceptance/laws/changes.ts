import { RESOURCES, type RemoteRecord, type Resource } from '#libs/model';
import type { PageRequest } from '../../contract/connector.js';
import type { Law } from '../law.js';
import { idsOf, type Source } from '../source.js';

const knowsDeltas = (source: Source, resource: Resource): boolean => source.connector.ports.read[resource].delta !== 'none';
const resources = (source: Source): readonly Resource[] => RESOURCES.filter((resource) => knowsDeltas(source, resource));
const noDeltas = ({ source }: { readonly source: Source }): string | null =>
  resources(source).length > 0 ? null : 'the source tells no changes: a delta reads everything';

/** From now on: the time, or what a complete walk ends with. */
async function startOf(source: Source, resource: Resource): Promise<Partial<PageRequest>> {
  if (source.connector.ports.read[resource].delta === 'sync-token') {
    const pages = await source.pages(resource);
    const syncToken = pages.at(-1)?.syncToken;
    expect(syncToken).toEqual(expect.any(String));
    return { syncToken: syncToken ?? '' };
  }
  return { since: await source.later() };
}

const EDITS = [
  ['user', { first_name: 'Changed' }],
  ['job', { name: 'Changed' }],
  ['candidate', { first_name: 'Changed' }],
] as const;

export const CHANGES: readonly Law[] = [
  {
    name: 'a delta where nothing changed is empty',
    idle: noDeltas,
    hold: async ({ source }) => {
      for (const resource of resources(source)) {
        const start = await startOf(source, resource);
        expect([resource, await source.records(resource, start)]).toEqual([resource, []]);
      }
    },
  },
  {
    name: 'a delta holds what was edited',
    idle: noDeltas,
    hold: async ({ source }) => {
      for (const [resource, fields] of EDITS.filter(([name]) => knowsDeltas(source, name))) {
        const start = await startOf(source, resource);
        await source.later();
        await source.change('PATCH', `/records/${resource}s/1`, { fields: { ...fields } });
        const records: readonly RemoteRecord[] = await source.records(resource, start);
        expect([resource, records.length > 0]).toEqual([resource, true]);
        expect(JSON.stringify(records.map((record) => record.fields))).toContain('Changed');
      }
    },
  },
  {
    name: 'a delta holds an application that moved, in its new stage',
    idle: ({ source }) => (knowsDeltas(source, 'application') ? null : 'the source tells no changes of applications'),
    hold: async ({ source }) => {
      const before = new Map((await source.records('application')).map(({ externalId, fields }) => [externalId, fields.stageName]));
      const jobs = await source.records('job');
      const start = await startOf(source, 'application');
      const moved: RemoteRecord<'application'>[] = [];
      // One of two stages is not the one where it stands.
      for (const stage of [2, 0]) {
        await source.later();
        await source.change('POST', '/records/applications/1/move', { stage });
        moved.push(...(await source.records('application', start)));
      }
      const changed = moved.filter(({ externalId, fields }) => before.get(externalId) !== fields.stageName);
      expect(changed.length).toBeGreaterThan(0);
      for (const { fields } of changed) {
        const stages = jobs.find(({ externalId }) => externalId === fields.jobId)?.fields.stages ?? [];
        expect(stages.find(({ externalId }) => externalId === fields.stageId)?.name).toBe(fields.stageName);
      }
    },
  },
  {
    name: 'a delta misses nothing of many changes, over its pages',
    idle: ({ source }) => (knowsDeltas(source, 'candidate') ? null : 'the source tells no changes of candidates'),
    hold: async ({ source, particulars }) => {
      const count = Math.floor(particulars.sizes.candidates * 0.9);
      const start = await startOf(source, 'candidate');
      await source.later();
      await source.change('POST', '/records/candidates/change-many', { count, fields: { last_name: 'Many' } });
      // Where a vendor has one name alone, a last name that has no first is that of someone called so.
      const isOfThem = ({ fields }: RemoteRecord<'candidate'>): boolean => fields.lastName === 'Many' || fields.firstName === 'Many';
      const all = (await source.records('candidate')).filter(isOfThem);
      const pages = await source.pages('candidate', start);
      expect(pages.length).toBeGreaterThan(1);
      expect(new Set(pages.flatMap(({ records }) => idsOf(records)))).toEqual(new Set(idsOf(all)));
      expect(all.length).toBeGreaterThan(count / 2);
    },
  },
  {
    name: 'a deletion is seen: reported in a delta, or absent from a full walk',
    hold: async ({ source }) => {
      for (const resource of ['application', 'candidate', 'job', 'user'] as const) {
        const before = await source.records(resource);
        const start = knowsDeltas(source, resource) ? await startOf(source, resource) : {};
        await source.later();
        const { id } = await source.change('DELETE', `/records/${resource}s/3`);
        const isReported = source.connector.ports.read[resource].deletions === 'reported';
        const after = isReported ? await source.records(resource, start) : await source.records(resource);
        await source.change('POST', `/records/${resource}s/3/restore`);
        if (isReported) expect([resource, after.some(({ deleted }) => deleted)]).toEqual([resource, true]);
        else expect([resource, before.length - after.length > 0, idsOf(after).includes(String(id))]).toEqual([resource, true, false]);
      }
    },
  },
];
