import { GatewayError, RESOURCES, type Resource } from '#libs/model';
import type { Page } from '../../contract/connector.js';
import type { Law, Subject } from '../law.js';
import { idsOf, type Source } from '../source.js';

async function expectedCount({ source, particulars }: Subject, resource: Resource): Promise<number> {
  return particulars.counts?.[resource]?.(source) ?? source.sizeOf(resource);
}

/** What comes of a walk whose source goes round in circles, within ten pages. */
async function circling(source: Source, start: string): Promise<string> {
  const met = new Set([start]);
  for (let cursor: string | null = start; cursor !== null && met.size < 10;) {
    const page: Page<'candidate'> | string = await source
      .page('candidate', { cursor })
      .catch((error: unknown) => (error instanceof GatewayError ? error.kind : 'another error'));
    if (typeof page === 'string') return page;
    cursor = page.next;
    if (cursor !== null && met.has(cursor)) return 'the same cursor, which a walk refuses';
    if (cursor !== null) met.add(cursor);
  }
  return met.size < 10 ? 'an end' : 'other places, again and again';
}

/** Walks are resumed from at most so many of their cursors: each costs a walk. */
const RESUMED = 4;

export const PAGING: readonly Law[] = [
  {
    name: 'all pages together are the whole, each record once',
    hold: async (subject) => {
      for (const resource of RESOURCES) {
        const pages = await subject.source.pages(resource);
        const ids = pages.flatMap(({ records }) => idsOf(records));
        expect(pages.flatMap(({ setAside }) => setAside)).toEqual([]);
        expect([resource, new Set(ids).size]).toEqual([resource, await expectedCount(subject, resource)]);
        if (resource !== 'candidate') expect([resource, ids.length]).toEqual([resource, new Set(ids).size]);
        const isWhole = subject.particulars.whole?.includes(resource) === true;
        expect([resource, pages.length > 1]).toEqual([resource, !isWhole]);
      }
    },
  },
  {
    name: 'a walk goes on from any of its cursors with the rest',
    hold: async ({ source }) => {
      for (const resource of RESOURCES) {
        const pages = await source.pages(resource);
        const resumed = pages.slice(0, -1).filter((_, index) => index % Math.ceil(pages.length / RESUMED) === 0);
        for (const page of resumed) {
          const rest = pages.slice(pages.indexOf(page) + 1).flatMap(({ records }) => idsOf(records));
          expect(idsOf(await source.records(resource, { cursor: page.next ?? '' }))).toEqual(rest);
        }
      }
    },
  },
  {
    name: 'a cursor that comes again is an error, not an end',
    hold: async ({ source }) => {
      const { next } = await source.page('candidate');
      await source.fault({ kind: 'loop', times: null });
      const outcome = await circling(source, next ?? '');
      await source.reset();
      expect(['the same cursor, which a walk refuses', 'remote-invalid-response']).toContain(outcome);
    },
  },
  {
    name: 'a narrowing by jobs gives what belongs to them and nothing else',
    idle: ({ source }) => (source.connector.ports.read.application.byJob ? null : 'the source cannot narrow by job'),
    hold: async ({ source }) => {
      const all = await source.records('application');
      const jobs = [...new Set(all.flatMap(({ fields }) => fields.jobId ?? []))].slice(0, 3);
      const theirs = all.filter(({ fields }) => jobs.includes(fields.jobId ?? ''));
      expect(theirs.length).toBeGreaterThan(0);
      expect(new Set(idsOf(await source.records('application', { jobs })))).toEqual(new Set(idsOf(theirs)));
      expect(await source.records('application', { jobs: [] })).toEqual([]);
      if (!source.connector.ports.read.candidate.byJob) return;
      const candidates = new Set(theirs.map(({ fields }) => fields.candidateId));
      expect(new Set(idsOf(await source.records('candidate', { jobs })))).toEqual(candidates);
    },
  },
  {
    name: 'references name what the other readers give',
    hold: async ({ source }) => {
      const users = new Set(idsOf(await source.records('user')));
      const jobs = await source.records('job');
      const candidates = new Set(idsOf(await source.records('candidate')));
      const stages = new Map(jobs.map((job) => [job.externalId, new Set((job.fields.stages ?? []).map(({ externalId }) => externalId))]));
      const team = jobs.flatMap(({ fields }) => fields.hiringTeam ?? []);
      expect(team.length).toBeGreaterThan(0);
      expect(team.filter((id) => !users.has(id))).toEqual([]);
      const applications = (await source.records('application')).map(({ fields }) => fields);
      expect(applications.filter(({ candidateId }) => !candidates.has(candidateId ?? ''))).toEqual([]);
      expect(applications.filter(({ jobId }) => jobId !== null && jobId !== undefined && !stages.has(jobId))).toEqual([]);
      const staged = applications.filter(({ stageId }) => stageId !== null && stageId !== undefined);
      expect(staged.length).toBeGreaterThan(0);
      expect(staged.filter(({ jobId, stageId }) => stages.get(jobId ?? '')?.has(stageId ?? '') !== true)).toEqual([]);
    },
  },
];
