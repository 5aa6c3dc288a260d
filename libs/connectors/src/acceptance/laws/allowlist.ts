import { fieldNamesOf, RESOURCES } from '#libs/model';
import type { Law } from '../law.js';
import { CANARY } from '../source.js';

export const ALLOWLIST: readonly Law[] = [
  {
    name: 'nothing that the allowlist does not admit comes out, nor a name that is not documented',
    hold: async ({ source }) => {
      for (const resource of RESOURCES) {
        const pages = await source.pages(resource);
        const names = new Set(pages.flatMap(({ dropped }) => [...dropped.keys()]));
        expect(JSON.stringify(pages.map((page) => ({ ...page, dropped: [...page.dropped] })))).not.toContain(CANARY);
        expect([resource, [...names].includes('*')]).toEqual([resource, false]);
        const fields = new Set(pages.flatMap(({ records }) => records.flatMap((record) => Object.keys(record.fields))));
        expect([...fields].filter((field) => !fieldNamesOf(resource).some((name) => name === field))).toEqual([]);
      }
    },
  },
  {
    name: 'every field that a reader fills is filled in some record, and no other',
    hold: async ({ source }) => {
      for (const resource of RESOURCES) {
        const { fills } = source.connector.ports.read[resource];
        const records = await source.records(resource);
        const filled = new Set(
          records.flatMap(({ fields }) => Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [name]))),
        );
        expect([resource, [...filled].sort()]).toEqual([resource, [...fills].sort()]);
      }
    },
  },
  {
    name: 'a resource that is not granted is not asked for',
    hold: async ({ source }) => {
      for (const resource of RESOURCES) {
        const grant = source.grant(RESOURCES.filter((other) => other !== resource));
        await source.reset();
        await expect(source.page(resource, { grant })).rejects.toMatchObject({ kind: 'consent-does-not-cover' });
        expect([resource, await source.requestCount()]).toEqual([resource, 0]);
      }
    },
  },
  {
    name: 'a field that is not granted is not asked for, where the vendor lets one choose',
    idle: ({ particulars }) => (particulars.sparse ? null : 'the vendor sends whole records'),
    hold: async ({ source }) => {
      const asked = async (fields: readonly string[]) => {
        await source.reset();
        await source.page('candidate', { grant: source.grant(RESOURCES, { resource: 'candidate', fields }) });
        return JSON.stringify((await source.requests()).map(({ query }) => query));
      };
      const all = await asked(fieldNamesOf('candidate'));
      const few = await asked(['lastName']);
      expect(all).toMatch(/email/i);
      expect(few).not.toMatch(/email|first.?name/i);
    },
  },
];
