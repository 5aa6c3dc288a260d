import { draw, happens, pick } from './draw.js';
import { placeOf, type Place } from './places.js';

export interface Vacancy {
  readonly name: string | null;
  readonly status: 'OPEN' | 'CLOSED' | 'DRAFT' | 'ARCHIVED';
  readonly visibility: 'PUBLIC' | 'INTERNAL' | 'UNLISTED' | 'CONFIDENTIAL' | null;
  readonly place: Place | null;
  readonly department: string;
  readonly stages: readonly string[];
  /** Numbers of employees; each once. */
  readonly team: readonly number[];
  readonly salary: number;
}

const NAMES = [
  'Backend Engineer',
  'Jurist (m/w/d) – Arbeitsrecht',
  'Sjuksköterska, natt',
  'Store Manager "Götgatan"',
  '営業マネージャー',
  'Ingénieur·e données',
  'Customer Success & Onboarding',
  'Vice President, R&D <Platform>',
] as const;
const DEPARTMENTS = ['Engineering', 'Legal', 'Care', 'Retail', '営業', 'Data'] as const;
const VISIBILITIES = ['PUBLIC', 'PUBLIC', 'PUBLIC', 'INTERNAL', 'UNLISTED', 'CONFIDENTIAL', null] as const;

/** The vacancy with this number, in every stand-in that is made from the same seed. */
export function vacancyOf(seed: number, index: number, employees: number): Vacancy {
  const drawn = draw(seed, index, 40);
  const other = draw(seed, index, 41);
  return {
    name: index % 97 === 96 ? null : `${pick(NAMES, drawn)} ${index + 1}`,
    status: statusOf(other % 100),
    visibility: pick(VISIBILITIES, drawn >>> 5),
    place: happens(other >>> 7, 100) ? null : placeOf(drawn >>> 9),
    department: pick(DEPARTMENTS, other),
    stages: stagesOf(drawn >>> 3, other >>> 4),
    team: teamOf(seed, index, employees),
    salary: 30_000 + (drawn % 50) * 1_000,
  };
}

function statusOf(percentile: number): Vacancy['status'] {
  if (percentile < 70) return 'OPEN';
  if (percentile < 90) return 'CLOSED';
  return percentile < 95 ? 'DRAFT' : 'ARCHIVED';
}

/** Four to seven stages; most vacancies have one for Alva's assessment, not all. */
function stagesOf(drawn: number, other: number): string[] {
  const optional = [
    happens(drawn, 850) ? 'Alva Assessment' : null,
    happens(drawn >>> 3, 400) ? 'Second interview' : null,
    happens(other, 350) ? 'Reference check' : null,
  ];
  const [assessment, second, references] = optional;
  const names = ['Applied', 'Screening', assessment, 'Interview', second, references, 'Offer'];
  return names.filter((name) => typeof name === 'string');
}

function teamOf(seed: number, index: number, employees: number): number[] {
  if (employees === 0) return [];
  const drawn = draw(seed, index, 42);
  const size = Math.min(1 + (drawn % 4), employees);
  return Array.from({ length: size }, (_, place) => ((drawn >>> 3) + place) % employees);
}
