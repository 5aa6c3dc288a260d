import { readFileSync } from 'node:fs';
import type { Resource } from '#libs/model';

const FILES: Readonly<Record<Resource, string>> = { user: 'users', job: 'jobs', application: 'applications', candidate: 'candidates' };

/** An answer of Teamtailor's to a call for a list. */
export interface ListAnswer {
  readonly data: readonly Record<string, unknown>[];
  readonly included?: readonly unknown[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly links: Readonly<Record<string, unknown>>;
}

/** The answer of a fixture, which says where its shape comes from. A fresh copy each time. */
export function answerWith(resource: Resource): ListAnswer {
  const text = readFileSync(new URL(`fixtures/${FILES[resource]}.json`, import.meta.url), 'utf8');
  const fixture: { readonly answer: ListAnswer } = JSON.parse(text);
  return fixture.answer;
}

/** A page of bare candidates, which says how many there are in all and, where there is one, names the page that follows. */
export function pageOf(ids: readonly string[], count: number, next?: number): ListAnswer {
  return {
    data: ids.map((id) => ({ id, type: 'candidates', attributes: {} })),
    meta: { 'record-count': count },
    links: next === undefined ? {} : { next: `https://elsewhere.invalid/other?page%5Bnumber%5D=${next}&page%5Bsize%5D=30` },
  };
}
