import { RESOURCES, type Resource } from '#libs/model';
import type { Law, Subject } from '../law.js';
import { CANARY, idsOf } from '../source.js';

/** Each spoils the first record of a page; what cannot be taken is set aside, and it is one record at most. */
const MALFORMED = ['wrong-types', 'missing-id', 'bad-id', 'not-an-object', 'null'] as const;
const TAKEN_ALL_THE_SAME = ['nul-character', 'lone-surrogate', 'prototype-key', 'too-deep', 'too-large'] as const;

async function listOf({ source, particulars }: Subject, resource: Resource): Promise<string> {
  await source.reset();
  await source.page(resource);
  const [first] = (await source.requests()).filter(({ path }) => !String(path).endsWith('/token'));
  return particulars.lists?.[resource] ?? String(first?.['path']);
}

export const TOLERANCE: readonly Law[] = [
  {
    name: 'keys that are new change nothing, and are not let through',
    hold: async ({ source }) => {
      for (const resource of RESOURCES) {
        const plain = await source.page(resource);
        await source.fault({ kind: 'unknown-keys', times: null });
        const page = await source.page(resource);
        await source.reset();
        expect(page.records).toEqual(plain.records);
        expect(JSON.stringify([page.records, [...page.dropped]])).not.toContain(CANARY);
      }
    },
  },
  {
    name: 'values that are new in an enumeration are unknown, and no word of them is kept',
    hold: async ({ source }) => {
      await source.fault({ kind: 'unknown-enums', times: null });
      const page = await source.page('job');
      await source.reset();
      expect(page.records.length).toBeGreaterThan(0);
      expect(JSON.stringify(page.records)).not.toContain('BRAND_NEW');
    },
  },
  {
    name: 'one malformed record is set aside and stops no page',
    hold: async (subject) => {
      const { source } = subject;
      for (const resource of RESOURCES) {
        const plain = await source.page(resource);
        const path = await listOf(subject, resource);
        for (const as of MALFORMED) {
          await source.fault({ kind: 'malformed', as, path, times: null });
          const page = await source.page(resource);
          await source.reset();
          const kept = idsOf(page.records);
          const isWithin = subject.particulars.within?.includes(resource) === true;
          expect([resource, as, isWithin || page.setAside.length > 0 || kept.length < plain.records.length]).toEqual([resource, as, true]);
          expect([resource, as, kept.length >= plain.records.length - 5]).toEqual([resource, as, true]);
          expect(JSON.stringify(page.setAside)).not.toContain(CANARY);
          expect(page.next === null).toBe(plain.next === null);
        }
      }
    },
  },
  {
    name: 'texts that a database refuses, prototype keys, depth and size do no harm',
    hold: async (subject) => {
      const { source } = subject;
      for (const resource of RESOURCES) {
        const path = await listOf(subject, resource);
        for (const as of TAKEN_ALL_THE_SAME) {
          await source.fault({ kind: 'malformed', as, path, times: null });
          const records = await source.records(resource);
          await source.reset();
          expect(records.length).toBeGreaterThan(0);
          const text = JSON.stringify(records);
          expect(text).not.toMatch(/\\u0000|\\ud800/);
          expect(text).not.toMatch(/x{1001}/);
          expect(Reflect.has({}, 'polluted')).toBe(false);
        }
      }
    },
  },
];
