import { readFileSync } from 'node:fs';
import type { Resource } from '#libs/model';

const FILES: Readonly<Record<Resource, string>> = { user: 'users', job: 'jobs', application: 'applications', candidate: 'candidates' };

type Json = Record<string, unknown>;
interface List {
  readonly data: readonly Json[];
}

/** A list answer of Lever's, and for jobs that of the stages. Each file says where its shape comes from. A fresh copy each time. */
export function fixtureOf(resource: Resource): { answer: List; stages: List } {
  return JSON.parse(readFileSync(new URL(`fixtures/${FILES[resource]}.json`, import.meta.url), 'utf8'));
}

/** The one item of the fixture, as the reader gives it to the mapper. */
export function itemOf(resource: Resource): Json {
  const { answer, stages } = fixtureOf(resource);
  const item = answer.data[0] ?? {};
  if (resource === 'job') return { ...item, stages: stages.data };
  return resource === 'application' ? { ...item, posting: POSTING_ID, stageName: 'Alva test' } : item;
}

export const POSTING_ID = 'f2f01e16-27f8-4711-a728-7d49499795a0';
export const CONTACT_ID = '7f23e772-f2cb-4ebb-b33f-54b872999992';
export const OPPORTUNITY_ID = '250d8f03-738a-4bba-a671-8a3d73477145';
export const STAGE_ID = '00922a60-7c15-422b-b086-f62000824fd7';
