import type { FieldName } from './remote-record.js';
import type { Resource } from './resources.js';

/** `reference`: an identifier that ties records together. `organisational`: about the customer's vacancy, not a person. */
export type DataCategory = 'identity' | 'contact' | 'process' | 'organisational' | 'reference';

export interface Field<Name extends string = string> {
  readonly name: Name;
  readonly category: DataCategory;
  /** Whether the field says something about a natural person. */
  readonly personal: boolean;
  /** Why Alva needs it, in the words of the processing record. */
  readonly purpose: string;
}

type FieldsOf<R extends Resource> = { readonly [Name in FieldName<R>]: Omit<Field, 'name'> };

const organisational = (purpose: string) => ({ category: 'organisational', personal: false, purpose }) as const;
const reference = (purpose: string) => ({ category: 'reference', personal: true, purpose }) as const;
const personal = (category: DataCategory, purpose: string) => ({ category, personal: true, purpose }) as const;

const ORDER_OF_EVENTS = 'keeps records in step with the ATS';

const ALLOWLIST: { readonly [R in Resource]: FieldsOf<R> } = {
  user: {
    firstName: personal('identity', 'names the recruiters of a job to one another'),
    lastName: personal('identity', 'names the recruiters of a job to one another'),
    email: personal('contact', 'links an ATS user to an Alva account'),
    remoteUpdatedAt: personal('process', ORDER_OF_EVENTS),
  },
  job: {
    name: organisational('names the vacancy that an assessment belongs to'),
    status: organisational('no assessment is sent for a closed vacancy'),
    visibility: organisational('a private vacancy is shown to its hiring team only'),
    location: organisational('tells vacancies of the same name apart'),
    remoteUpdatedAt: organisational(ORDER_OF_EVENTS),
    stages: organisational('a recruiter chooses the stage that starts an assessment'),
    hiringTeam: reference('gives the hiring team access to the results'),
  },
  application: {
    candidateId: reference('ties an application to its candidate'),
    jobId: reference('ties an application to its job'),
    stageId: reference('entering the chosen stage starts the assessment'),
    stageName: personal('process', 'shows where the candidate stands'),
    remoteCreatedAt: personal('process', 'orders applications'),
    remoteUpdatedAt: personal('process', ORDER_OF_EVENTS),
  },
  candidate: {
    firstName: personal('identity', 'addresses the candidate in the invitation'),
    lastName: personal('identity', 'addresses the candidate in the invitation'),
    email: personal('contact', 'receives the invitation to the assessment'),
    remoteCreatedAt: personal('process', 'orders candidates'),
    remoteUpdatedAt: personal('process', ORDER_OF_EVENTS),
  },
};

/** The allowlist as data: every field of a resource that may enter, with its purpose and data category. Nothing else ever does. */
export function fieldsOf<R extends Resource>(resource: R): readonly Field<FieldName<R>>[] {
  const fields: FieldsOf<R> = ALLOWLIST[resource];
  return fieldNamesOf(resource).map((name) => ({ name, ...fields[name] }));
}

/** The names of the fields that may enter for a resource. */
export function fieldNamesOf<R extends Resource>(resource: R): readonly FieldName<R>[] {
  const isName = (key: string): key is FieldName<R> => Object.hasOwn(ALLOWLIST[resource], key);
  return Object.keys(ALLOWLIST[resource]).filter(isName);
}
