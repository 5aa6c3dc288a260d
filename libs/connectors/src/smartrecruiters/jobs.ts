import type { Grant } from '#libs/consent';
import { GatewayError } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { Page, PageRequest, Reader } from '../contract/connector.js';
import { requireGranted } from '../contract/granted.js';
import { invalidPage, listIn } from '../contract/place.js';
import { isObject, own } from '../contract/raw-object.js';
import { recordPage } from '../contract/record-page.js';
import { isSegment, pageIn, read, readIfThere } from './client.js';
import { subStatusesOf } from './hiring-process.js';
import { queryOf } from './lists.js';
import { MAPPINGS } from './mapper.js';

/** Each job costs two calls more, and each hiring process one: at ten a second a page is then read within some six seconds. */
const JOBS_A_PAGE = 20;

/**
 * `GET /jobs`, and for each job its hiring team and, by way of its detail, the stages of its hiring process: only what is granted of the two is asked
 * for. A stage or a team that changes is not sure to move a job's `updatedOn`: a complete read finds it.
 */
export const jobs: Reader<'job'> = {
  fills: ['name', 'status', 'visibility', 'location', 'remoteUpdatedAt', 'stages', 'hiringTeam'],
  delta: 'updated-after',
  deletions: 'by-absence',
  byJob: false,
  async page(call: Call, request: PageRequest): Promise<Page<'job'>> {
    requireGranted(request.grant, 'job');
    if (request.jobs !== undefined) throw new GatewayError('unsupported', { context: { resource: 'job' } });
    const { cursor } = request;
    const { items, next } = pageIn(await read(call, 'jobs', queryOf(request, JOBS_A_PAGE, cursor)), JOBS_A_PAGE, cursor);
    return recordPage(MAPPINGS.job, await joined(call, request.grant, items), { next });
  },
};

type SubStatuses = ReturnType<typeof subStatusesOf> | null;

async function joined(call: Call, grant: Grant, items: readonly unknown[]): Promise<readonly unknown[]> {
  const granted = grant.fields.get('job');
  const processes = new Map<string, SubStatuses>();
  const found: unknown[] = [];
  for (const item of items) {
    if (!isObject(item)) {
      found.push(item);
      continue;
    }
    const id = own(item, 'id') ?? null;
    const subStatuses = isSegment(id) && granted?.has('stages') === true ? await readSubStatuses(call, id, processes) : null;
    const hiringTeam = isSegment(id) && granted?.has('hiringTeam') === true ? await readTeam(call, id) : null;
    found.push({ ...item, id: id === null || isSegment(id) ? id : UNREADABLE, subStatuses, hiringTeam });
  }
  return found;
}

/** No id: a job whose own cannot stand in an address is set aside rather than held without its team. */
const UNREADABLE = '';

/** `GET /jobs/{id}/hiring-team`; a job that is gone has none. */
async function readTeam(call: Call, jobId: string): Promise<readonly unknown[]> {
  const answer = await readIfThere(call, `jobs/${jobId}/hiring-team`);
  return answer === undefined ? [] : listIn(answer, 'content');
}

/** `GET /configuration/hiring-processes/{id}`, once for all jobs of a page that share it. */
async function readSubStatuses(call: Call, jobId: string, processes: Map<string, SubStatuses>): Promise<SubStatuses> {
  const id = await readProcessId(call, jobId);
  if (id === null) return null;
  const known = processes.get(id);
  if (known !== undefined) return known;
  const process = await readIfThere(call, `configuration/hiring-processes/${id}`);
  const subStatuses = process === undefined ? null : subStatusesOf(objectIn(process));
  processes.set(id, subStatuses);
  return subStatuses;
}

/** Nothing else of a job's detail is looked at: it holds pay, the advertisement and who made it. */
async function readProcessId(call: Call, jobId: string): Promise<string | null> {
  const detail = await readIfThere(call, `jobs/${jobId}`);
  const process = detail === undefined ? null : own(objectIn(detail), 'hiringProcess');
  const id = isObject(process) ? own(process, 'id') : null;
  return isSegment(id) ? id : null;
}

function objectIn(json: unknown): object {
  if (!isObject(json)) throw invalidPage('envelope');
  return json;
}
