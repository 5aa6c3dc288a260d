/** Mistakes that show in what is stored. */
export const STORED = [
  {
    name: 'keep-raw-address',
    mistake: "takes a location's raw address where there is one: it holds the street",
    place: /^rows of public\.job$/,
    edits: [
      {
        file: 'libs/connectors/src/kombo/values.ts',
        search: "locationFrom(raw.text('city'),",
        replace: "locationFrom(raw.text('raw') ?? raw.text('city'),",
      },
    ],
  },
  {
    name: 'keep-last-address',
    mistake: 'takes the last e-mail address instead of the first',
    place: /^rows of public\.candidate$/,
    edits: [
      {
        file: 'libs/connectors/src/kombo/mapper.ts',
        search: "raw.objects('email_addresses')) {",
        replace: "[...raw.objects('email_addresses')].reverse()) {",
      },
    ],
  },
  {
    name: 'keep-rejection-reason',
    mistake: 'shows why an application was declined in place of its stage',
    place: /^rows of public\.application$/,
    edits: [
      {
        file: 'libs/connectors/src/kombo/mapper.ts',
        search: "stageName: raw.object('current_stage')",
        replace: "stageName: raw.text('rejection_reason_name') ?? raw.object('current_stage')",
      },
    ],
  },
  {
    name: 'keep-hidden-fields',
    mistake: 'takes every field of the allowlist, also those that the tenant hides',
    place: /^rows of public\.(ats_user|job)$/,
    edits: [{ file: 'libs/allowlist/src/rebuild.ts', search: '(granted.has(field) ? clean', replace: '(granted.size > 0 ? clean' }],
  },
  {
    name: 'keep-raw-pages',
    mistake: 'keeps the pages as they came, for reading them again later',
    place: /^rows of public\.raw_page$/,
    edits: [
      {
        file: 'libs/store/src/migrations/2026-11-23-first.ts',
        search: 'create table set_aside (',
        replace: 'create table raw_page (body jsonb);\ngrant select, insert on raw_page to ${APP};\ncreate table set_aside (',
      },
      {
        file: 'libs/connectors/src/contract/record-page.ts',
        search: 'setAside, dropped, ...end };',
        replace: 'setAside, dropped, ...end, ...{ raw: JSON.stringify(items) } };',
      },
      {
        file: 'apps/gateway/src/pipeline/path.ts',
        search: '  const { allowed, refused } = allowAll(grant, page.records);\n',
        replace:
          "  const { allowed, refused } = allowAll(grant, page.records);\n  const raw = String(Reflect.get(page, 'raw')).replaceAll(/\\\\u(0000|d[89a-f]..)/g, '');\n  await tx.run('insert into raw_page values ($1)', [raw]);\n",
      },
    ],
  },
  {
    name: 'keep-set-aside-content',
    mistake: 'keeps what a set aside record says, to find out why',
    place: /^rows of public\.set_aside$/,
    edits: [
      {
        file: 'libs/connectors/src/contract/record-page.ts',
        search: "aside(null, 'not-an-object');",
        replace: "aside(String(item), 'not-an-object');",
      },
    ],
  },
  {
    name: 'keep-set-aside-in-base64',
    mistake: 'keeps it encoded, as if that hid it',
    place: /^rows of public\.set_aside$/,
    edits: [
      {
        file: 'libs/connectors/src/contract/record-page.ts',
        search: 'aside(id, fault.reason, fault.field);',
        replace: "aside(id, fault.reason, Buffer.from(JSON.stringify(item)).toString('base64').slice(0, 5000));",
      },
    ],
  },
  {
    name: 'keep-malformed-ids',
    mistake: 'notes an id that is none',
    place: /^rows of public\.set_aside$/,
    edits: [
      {
        file: 'libs/connectors/src/contract/record-page.ts',
        search: "aside(null, 'id-malformed');",
        replace: "aside(String(own(item, idKey)), 'id-malformed');",
      },
    ],
  },
  {
    name: 'count-any-name',
    mistake: 'counts dropped fields by the names that the source gives them: a key can be personal',
    place: /^rows of public\.sync_run$/,
    edits: [
      {
        file: 'libs/connectors/src/contract/dropped.ts',
        search: "documented.has(name) ? name : '*'",
        replace: 'name',
      },
    ],
  },
  {
    name: 'keep-error-message',
    mistake: "keeps an error's message with the run, and lets it quote the source",
    place: /^rows of public\.sync_run$/,
    edits: [
      {
        file: 'libs/connectors/src/kombo/errors.ts',
        search: 'error: new GatewayError(meaning.kind, { context }) };',
        replace: 'error: new GatewayError(meaning.kind, { context, detail: JSON.stringify(envelope) }) };',
      },
      {
        file: 'apps/gateway/src/sync/worker.ts',
        search: '{ state, error: error.kind }',
        replace: '{ state, error: error.message }',
      },
    ],
  },
  {
    name: 'keep-changed-values',
    mistake: 'tells the new values with a change, not only the names of the fields',
    place: /^rows of public\.change$/,
    edits: [
      {
        file: 'libs/store/src/records/write.ts',
        search: "then '${field}' end`",
        replace: "then '${field}: ' || w.${column}::text end`",
      },
    ],
  },
  {
    name: 'queue-records',
    mistake: 'puts records into the payload of a task',
    place: /^rows of task\./,
    edits: [
      {
        file: 'apps/gateway/src/pipeline/path.ts',
        search: '  const gone = allowed.filter(',
        replace:
          "  const task = `insert into task.job (name, data, start_after) values ('sync-run', $1, now() + interval '1 day')`;\n  await tx.run(task, [JSON.stringify(live.slice(0, 5))]);\n  const gone = allowed.filter(",
      },
    ],
  },
  {
    name: 'keep-webhook-type',
    mistake: "keeps a webhook's type as it came",
    place: /^rows of public\.webhook$/,
    edits: [
      {
        file: 'libs/connectors/src/kombo/webhooks.ts',
        search: "id: idOf(own(envelope, 'id')), type, account",
        replace: "id: idOf(own(envelope, 'id')), type: String(own(envelope, 'type')), account",
      },
    ],
  },
  {
    name: 'keep-then-delete',
    mistake: 'writes the records to a table for a moment and removes them again: the files keep them',
    place: /^(file database\/cluster\/pg_wal|database log)/,
    edits: [
      {
        file: 'libs/connectors/src/contract/record-page.ts',
        search: 'setAside, dropped, ...end };',
        replace: 'setAside, dropped, ...end, ...{ raw: JSON.stringify(items) } };',
      },
      {
        file: 'apps/gateway/src/pipeline/path.ts',
        search: '  const { allowed, refused } = allowAll(grant, page.records);\n',
        replace:
          "  const { allowed, refused } = allowAll(grant, page.records);\n  await tx.run(`insert into idempotency_key (caller, key, request_hash, created_at) values ('raw', $1, '', now())`, [String(Reflect.get(page, 'raw')).slice(0, 2000).replaceAll('\\\\', '')]);\n  await tx.run(`delete from idempotency_key where caller = 'raw'`);\n",
      },
    ],
  },
];
