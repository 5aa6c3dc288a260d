import { containsCanary, type CanaryFamily } from '#libs/testkit';
import type { Heard } from './api.js';
import { ADMITTED, CALLERS, FORBIDDEN, HIDDEN, LeakStage } from './leak-stage.js';
import { tellLeakStory, type Carriers, type LeakStory } from './leak-story.js';

/** Where something was found that must not be there. */
export interface Finding {
  readonly place: string;
  readonly marker: string;
  /** The field of the source that the marker stands for. */
  readonly standsFor: string;
  readonly disguise: string;
}

export interface LeakReport {
  readonly findings: readonly Finding[];
  /** Where admitted texts were seen, as they should be: the fields of the source per place. */
  readonly seen: Readonly<Record<string, readonly string[]>>;
  /** The fields of the source that carried a marker. */
  readonly carriers: readonly string[];
  /** Which answers were looked through. */
  readonly answers: readonly string[];
  /** How much was looked through. */
  readonly bytes: Readonly<Record<string, number>>;
}

interface Place {
  readonly name: string;
  /** Bytes of files are not searched for secrets: text alone, which has passed through the gateway's own hands. */
  readonly content: Buffer | string;
  /** Families that are at home here. */
  readonly holds: readonly CanaryFamily[];
}

const FAMILIES = [FORBIDDEN, ADMITTED, HIDDEN, CALLERS];
const RECORD_TABLES = /^public\.(candidate|ats_user|job|application)$/;
const RECORD_ANSWER = /^\/v1\/tenants\/[^/]+\/(jobs|users|candidates|applications)/;
/** It repeats every statement with its values (`own-database.ts`), so that a caller's filter is at home there. */
const SERVER_LOG = /\.log$/;

/** Lets a whole system live through everything that can happen to a tenant's data, then looks for markers in all that it has written and said. */
export async function scanForLeaks(story: LeakStory = { natives: true }): Promise<LeakReport> {
  const stage = await LeakStage.create();
  try {
    const carriers = await tellLeakStory(stage, story);
    return reportOn(await placesOf(stage), carriers, secretsOf(stage));
  } finally {
    await stage.close();
  }
}

async function placesOf(stage: LeakStage): Promise<Place[]> {
  const log = (await filesOf(stage, 'before')).filter(({ name }) => name.includes('/pg_wal/'));
  await stage.database.checkpoint();
  const rows = await stage.database.rows();
  return [
    { name: 'log', content: stage.printed().toString('latin1'), holds: [] },
    { name: 'traces', content: stage.traces.received().toString('latin1'), holds: [] },
    {
      name: 'deliveries',
      content: stage.receiver.received.map(({ headers, text }) => JSON.stringify([headers, text])).join('\n'),
      holds: [],
    },
    ...stage.heard.map(answerPlace),
    ...rows.map(([table, content]) => ({ name: `rows of ${table}`, content, holds: RECORD_TABLES.test(table) ? [ADMITTED] : [] })),
    ...log,
    ...(await filesOf(stage, 'after')),
  ];
}

/** An id is no part of a place's name, so that the same answer has the same name in every run. */
function answerPlace({ method, path, status, text }: Heard): Place {
  const isRecord = status === 200 && RECORD_ANSWER.test(path);
  const [plain = ''] = path.replaceAll(/[0-9a-f-]{36}/g, '…').split('?');
  return { name: `answer ${status} to ${method} ${plain}`, content: text, holds: isRecord ? [ADMITTED] : [] };
}

/** Records are at home in files; which table's they are, only the rows tell. */
async function filesOf({ database }: LeakStage, when: 'before' | 'after'): Promise<Place[]> {
  const files = await database.files();
  return files.map(({ name, content }) => ({
    name: SERVER_LOG.test(name) ? 'database log' : `file ${name.replaceAll(/\d+/g, 'N')}, ${when} the checkpoint`,
    content,
    holds: SERVER_LOG.test(name) ? [ADMITTED, CALLERS] : [ADMITTED],
  }));
}

function secretsOf({ world }: LeakStage): string[] {
  const { KOMBO_API_KEY = '', KOMBO_WEBHOOK_SECRET = '', ENCRYPTION_KEY = '' } = world.variables();
  return [KOMBO_API_KEY, KOMBO_WEBHOOK_SECRET, ENCRYPTION_KEY];
}

function reportOn(places: readonly Place[], carriers: Carriers, secrets: readonly string[]): LeakReport {
  const findings = new Map<string, Finding>();
  const seen: Record<string, string[]> = {};
  const bytes: Record<string, number> = {};
  const find = (finding: Finding) => findings.set(`${finding.place} ${finding.marker}`, finding);
  for (const { name, content, holds } of places) {
    const [kind = ''] = name.split(/ (?:of|to) |,/);
    bytes[kind] = (bytes[kind] ?? 0) + content.length;
    for (const sighting of sightingsIn(content)) {
      const { family, number, disguise } = sighting;
      const standsFor = family === CALLERS ? "a caller's value" : (carriers.get(family)?.[number] ?? 'a place that nobody knows');
      if (!holds.includes(family)) find({ place: name, marker: family.marker(number), standsFor, disguise });
      // 0: PostgreSQL's log of changes cut the marker at the end of a page.
      else if (number !== 0) seen[name] = [...new Set([...(seen[name] ?? []), standsFor])].sort();
    }
    if (typeof content === 'string' && containsCanary(content, secrets) !== undefined)
      find({ place: name, marker: 'a secret', standsFor: "the gateway's own secret", disguise: 'any' });
  }
  const answers = [...new Set(places.map(({ name }) => name).filter((name) => name.startsWith('answer ')))];
  return { findings: [...findings.values()], seen, carriers: Object.values(carriers.get(FORBIDDEN) ?? {}), answers, bytes };
}

function sightingsIn(content: Buffer | string): { family: CanaryFamily; number: number; disguise: string }[] {
  return FAMILIES.flatMap((family) => [...family.find(content)].map(([number, disguise]) => ({ family, number, disguise })));
}
