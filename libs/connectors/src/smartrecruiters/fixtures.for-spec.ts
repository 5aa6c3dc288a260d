import { readFileSync } from 'node:fs';
import type { Resource } from '#libs/model';
import { applicationsOf } from './applications.js';
import { subStatusesOf } from './hiring-process.js';

const FILES: Readonly<Record<Resource, string>> = { user: 'users', job: 'jobs', application: 'applications', candidate: 'candidates' };

type Json = Record<string, unknown>;
interface List {
  readonly content: readonly Json[];
}

/** A list answer of SmartRecruiters', and what of other endpoints belongs to it. Each file says where its shape comes from. A fresh copy each time. */
export function fixtureOf(resource: Resource): { answer: List; detail: Json; team: List; process: Json } {
  return JSON.parse(readFileSync(new URL(`fixtures/${FILES[resource]}.json`, import.meta.url), 'utf8'));
}

/** The one item of the fixture, as the reader gives it to the mapper. */
export function itemOf(resource: Resource): Json {
  const { answer, team, process } = fixtureOf(resource);
  const item = answer.content[0] ?? {};
  if (resource === 'job') return { ...item, subStatuses: subStatusesOf(process), hiringTeam: team.content };
  if (resource !== 'application') return item;
  return { ...Object(applicationsOf(item, JOB_ID)[0]) };
}

export const JOB_ID = '9a1b2c3d-0000-4000-8000-000000000001';
export const OTHER_JOB_ID = '9a1b2c3d-0000-4000-8000-000000000002';
export const CANDIDATE_ID = 'c0ffee00-0000-4000-8000-000000000001';
export const USER_ID = '5f00000000000000000000a1';
