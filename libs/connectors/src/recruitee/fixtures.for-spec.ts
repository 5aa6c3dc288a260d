import { readFileSync } from 'node:fs';
import type { Resource } from '#libs/model';
import { offerOf } from './offers.js';
import { placementsOf } from './placements.js';

const FILES: Readonly<Record<Resource, string>> = { user: 'users', job: 'jobs', application: 'applications', candidate: 'candidates' };
const LISTS: Readonly<Record<Resource, string>> = { user: 'admins', job: 'offers', application: 'candidates', candidate: 'candidates' };

type Json = Record<string, unknown>;

/** An answer of Recruitee's, and for offers a detail. Each file says where its shape comes from. A fresh copy each time. */
export function fixtureOf(resource: Resource): { answer: Record<string, readonly Json[]>; detail: { offer: Json } } {
  return JSON.parse(readFileSync(new URL(`fixtures/${FILES[resource]}.json`, import.meta.url), 'utf8'));
}

/** The first item of a fixture's list. */
export const firstOf = (resource: Resource): Json => fixtureOf(resource).answer[LISTS[resource]]?.[0] ?? {};

/** The first record of a fixture, as the reader gives it to the mapper. */
export function itemOf(resource: Resource): Json {
  const item = firstOf(resource);
  if (resource === 'job') return { ...Object(offerOf(item)), pipeline_template: fixtureOf('job').detail.offer['pipeline_template'] };
  return resource === 'application' ? { ...Object(placementsOf(item)[0]), stage_name: 'Alva test' } : item;
}
