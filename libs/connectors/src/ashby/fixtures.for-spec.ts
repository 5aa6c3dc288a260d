import { readFileSync } from 'node:fs';
import type { Resource } from '#libs/model';

const FILES: Readonly<Record<Resource, string>> = { user: 'users', job: 'jobs', application: 'applications', candidate: 'candidates' };

/** An answer of Ashby's to a call for a list. */
export interface ListAnswer {
  readonly success: boolean;
  readonly results: readonly Record<string, unknown>[];
  /** Not in lists that are not paged. */
  readonly moreDataAvailable?: boolean;
  readonly syncToken?: string;
}

interface Fixture {
  readonly source: string;
  readonly answer: ListAnswer;
}

interface JobsFixture extends Fixture {
  readonly postings: ListAnswer;
  readonly stages: ListAnswer;
}

function textOf(resource: Resource): string {
  return readFileSync(new URL(`fixtures/${FILES[resource]}.json`, import.meta.url), 'utf8');
}

/** A fresh copy each time; each file says where its shape comes from. */
export function answerWith(resource: Resource): ListAnswer {
  const fixture: Fixture = JSON.parse(textOf(resource));
  return fixture.answer;
}

/** With what is joined to jobs. */
export function jobsFixture(): JobsFixture {
  const fixture: JobsFixture = JSON.parse(textOf('job'));
  return fixture;
}

/** The one record of the fixture, as it is mapped: a job with what is joined to it. */
export function recordOf(resource: Resource): Record<string, unknown> {
  const record = answerWith(resource).results[0];
  if (record === undefined) throw new Error(`the fixture of ${resource} is empty`);
  return resource === 'job' ? { ...record, isListed: true, stages: jobsFixture().stages.results } : record;
}
