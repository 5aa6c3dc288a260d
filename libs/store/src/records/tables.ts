import { fieldsOf, type FieldName, type Resource } from '#libs/model';

export interface Column<R extends Resource> {
  readonly field: FieldName<R>;
  readonly column: string;
  readonly type: 'text' | 'uuid' | 'timestamptz' | 'jsonb';
}

interface Table<R extends Resource> {
  readonly table: string;
  readonly columns: readonly Column<R>[];
}

const text = <F extends string>(field: F, column: string) => ({ field, column, type: 'text' }) as const;
const uuid = <F extends string>(field: F, column: string) => ({ field, column, type: 'uuid' }) as const;
const time = <F extends string>(field: F, column: string) => ({ field, column, type: 'timestamptz' }) as const;
const json = <F extends string>(field: F, column: string) => ({ field, column, type: 'jsonb' }) as const;

/** Where each resource is stored: its table, and a column for every field of the allowlist. */
export const TABLES: { readonly [R in Resource]: Table<R> } = {
  user: {
    table: 'ats_user',
    columns: [
      text('firstName', 'first_name'),
      text('lastName', 'last_name'),
      text('email', 'email'),
      time('remoteUpdatedAt', 'remote_updated_at'),
    ],
  },
  job: {
    table: 'job',
    columns: [
      text('name', 'name'),
      text('status', 'status'),
      text('visibility', 'visibility'),
      json('location', 'location'),
      json('stages', 'stages'),
      json('hiringTeam', 'hiring_team'),
      time('remoteUpdatedAt', 'remote_updated_at'),
    ],
  },
  application: {
    table: 'application',
    columns: [
      uuid('candidateId', 'candidate_id'),
      uuid('jobId', 'job_id'),
      uuid('stageId', 'stage_id'),
      text('stageName', 'stage_name'),
      time('remoteCreatedAt', 'remote_created_at'),
      time('remoteUpdatedAt', 'remote_updated_at'),
    ],
  },
  candidate: {
    table: 'candidate',
    columns: [
      text('firstName', 'first_name'),
      text('lastName', 'last_name'),
      text('email', 'email'),
      time('remoteCreatedAt', 'remote_created_at'),
      time('remoteUpdatedAt', 'remote_updated_at'),
    ],
  },
};

/** The columns that say something about a person beyond which records belong together: cleared when the record is deleted. */
export function personalColumnsOf(resource: Resource): string[] {
  const personal = new Set<string>(
    fieldsOf(resource)
      .filter((field) => field.personal && field.category !== 'reference')
      .map((field) => field.name),
  );
  return TABLES[resource].columns.filter((column) => personal.has(column.field)).map((column) => column.column);
}
