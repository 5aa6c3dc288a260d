import { GatewayError, type Resource } from '#libs/model';
import type { PageRequest, Reader } from '../contract/connector.js';
import { requireGranted } from '../contract/granted.js';
import { listIn } from '../contract/place.js';
import { recordPage } from '../contract/record-page.js';
import { read } from './client.js';
import { MAPPINGS } from './mapper.js';
import { isVacancy, offerOf, withPipelines } from './offers.js';
import { affordable, placementsOf, withStageNames } from './placements.js';
import { freshIn, nextOf, OVERLAP, readSlice } from './slice.js';

/** The largest `limit` that is asked for, with what is asked for again. */
export const PAGE_SIZE = 100;
const NEW_A_PAGE = PAGE_SIZE - OVERLAP;

/** Each offer costs one call more for its stages. */
const OFFERS_A_PAGE = 20;

/** Each offer that one of them is placed in costs one call more. */
const PLACED_A_PAGE = 25;

/** No filter by time is documented for any list (`jdautomate/recruitee-mcp`, 2025-09), and what is deleted is not listed. */
const COMPLETE = { delta: 'none', deletions: 'by-absence', byJob: false } as const;

/** `GET /admins`: all in one answer. Its fields are uncertain (`jdautomate/recruitee-mcp`, 2025-09, has the endpoint alone). */
export const user: Reader<'user'> = {
  ...COMPLETE,
  fills: ['firstName', 'lastName', 'email'],
  async page(call, request) {
    requireReadable(request, 'user');
    return recordPage(MAPPINGS.user, listIn(await read(call, 'admins'), 'admins'), { next: null });
  },
};

/**
 * `GET /offers`, and `GET /offers/{id}` of each for its stages where these are granted. Without `scope`, offers in every state are expected; whether it
 * has a default is uncertain (`jdautomate/recruitee-mcp`, 2025-09). Talent pools are listed too and left out.
 */
export const job: Reader<'job'> = {
  ...COMPLETE,
  fills: ['name', 'status', 'visibility', 'location', 'remoteUpdatedAt', 'stages', 'hiringTeam'],
  async page(call, request) {
    requireReadable(request, 'job');
    const slice = await readSlice(call, 'offers', request.cursor, OFFERS_A_PAGE);
    const offers = freshIn(slice).filter(isVacancy).map(offerOf);
    const isWithStages = request.grant.fields.get('job')?.has('stages') === true;
    return recordPage(MAPPINGS.job, isWithStages ? await withPipelines(call, offers) : offers, { next: nextOf(slice) });
  },
};

/** `GET /candidates`. */
export const candidate: Reader<'candidate'> = {
  ...COMPLETE,
  fills: ['firstName', 'lastName', 'email', 'remoteCreatedAt', 'remoteUpdatedAt'],
  async page(call, request) {
    requireReadable(request, 'candidate');
    const slice = await readSlice(call, 'candidates', request.cursor, NEW_A_PAGE);
    return recordPage(MAPPINGS.candidate, freshIn(slice), { next: nextOf(slice) });
  },
};

/**
 * The placements of `GET /candidates`. The details of their offers are read whatever is granted: they tell the talent pools, which are no vacancies.
 */
export const application: Reader<'application'> = {
  ...COMPLETE,
  fills: ['candidateId', 'jobId', 'stageId', 'stageName', 'remoteCreatedAt', 'remoteUpdatedAt'],
  async page(call, request) {
    requireReadable(request, 'application');
    const slice = await readSlice(call, 'candidates', request.cursor, PLACED_A_PAGE);
    const count = affordable(slice);
    const placements = freshIn(slice, count).flatMap(placementsOf);
    return recordPage(MAPPINGS.application, await withStageNames(call, placements), { next: nextOf(slice, count) });
  },
};

function requireReadable({ grant, jobs }: PageRequest, resource: Resource): void {
  requireGranted(grant, resource);
  if (jobs !== undefined) throw new GatewayError('unsupported', { context: { resource } });
}
