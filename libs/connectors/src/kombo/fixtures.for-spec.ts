import { readFileSync } from 'node:fs';
import type { Resource } from '#libs/model';

const FILES: Readonly<Record<Resource, string>> = { user: 'users', job: 'jobs', application: 'applications', candidate: 'candidates' };

interface Fixture {
  readonly source: string;
  readonly answer: {
    readonly status: string;
    readonly data: { readonly next: string | null; readonly results: readonly Record<string, unknown>[] };
  };
}

/** A list answer of Kombo's; each file says where its shape comes from. A fresh copy each time. */
export function answerWith(resource: Resource): Fixture['answer'] {
  const fixture: Fixture = JSON.parse(readFileSync(new URL(`fixtures/${FILES[resource]}.json`, import.meta.url), 'utf8'));
  return fixture.answer;
}

/** The one record of the fixture. */
export function recordOf(resource: Resource): Record<string, unknown> {
  const record = answerWith(resource).data.results[0];
  if (record === undefined) throw new Error(`the fixture of ${resource} is empty`);
  return record;
}
