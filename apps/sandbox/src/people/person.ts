import { draw, happens, pick } from './draw.js';
import { NAMES } from './names.js';
import { placeOf, type Place } from './places.js';

export interface Person {
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** The first is the one to write to. May be none. */
  readonly emails: readonly string[];
  readonly phone: string;
  readonly handle: string;
  readonly company: string;
  readonly title: string;
  readonly home: Place;
  readonly houseNumber: number;
  readonly salary: number;
  readonly birthDate: string;
}

const MAIL_HOSTS = ['example.org', 'example.com', 'mail.example', 'post.example.net'] as const;
const COMPANIES = ['Nordvik AB', 'Grün & Söhne GmbH', '株式会社みらい', 'Acme, Inc.', 'Blåbär Kooperativ', 'Fjord Analytics'] as const;
const TITLES = ['Engineer', 'Nurse', 'Account Manager', 'Data Analyst', 'Store Manager', 'Jurist', 'Projektledare'] as const;

/** The candidate with this number, in every stand-in that is made from the same seed. */
export function candidateOf(seed: number, index: number): Person {
  const isSecondProfile = index % 100 === 99;
  return personOf(seed, isSecondProfile ? index - 1 : index, 0);
}

/** The ATS user (recruiter, hiring manager) with this number. */
export function employeeOf(seed: number, index: number): Person {
  return personOf(seed, index, 100);
}

function personOf(seed: number, index: number, topic: number): Person {
  const drawn = draw(seed, index, topic);
  const other = draw(seed, index, topic + 1);
  const [firstName, lastName, written] = pick(NAMES, drawn);
  const handle = `${written}.${topic === 0 ? '' : 'hr'}${index}`;
  return {
    firstName: happens(other, 8) ? null : firstName,
    lastName: happens(other >>> 8, 8) ? null : lastName,
    emails: emailsOf(handle, drawn, other),
    phone: `+4670${1_000_000 + (other % 9_000_000)}`,
    handle,
    company: pick(COMPANIES, other),
    title: pick(TITLES, drawn >>> 9),
    home: placeOf(drawn >>> 7),
    houseNumber: 1 + (other % 180),
    salary: 28_000 + (drawn % 60) * 1_000,
    birthDate: `${1960 + (drawn % 45)}-0${1 + (other % 9)}-1${drawn % 9}`,
  };
}

function emailsOf(handle: string, drawn: number, other: number): string[] {
  if (happens(drawn >>> 6, 30)) return [];
  const first = `${handle}@${pick(MAIL_HOSTS, other)}`;
  const isTwo = happens(other >>> 5, 120);
  return isTwo ? [first, `${handle}+private@${pick(MAIL_HOSTS, drawn)}`, `old-${handle}@example.net`] : [first];
}
