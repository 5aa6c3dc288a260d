import fastify from 'fastify';
import pg from 'pg';
import { encodeCursor } from '#libs/model';

/** The bytes of the gateway's answer with nothing around it: no token, no consent, no row-level security, one statement. */
const PAGE = `
select r.id, (select row_to_json(d)::text from (
  select r.id, r.remote_id as "remoteId", r.first_name as "firstName", r.last_name as "lastName", r.email,
    to_char(r.remote_created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "remoteCreatedAt",
    (select coalesce(json_agg(json_build_object('id', a.id, 'jobId', a.job_id, 'stageId', a.stage_id) order by a.id), '[]'::json)
     from application a where a.tenant_id = r.tenant_id and a.candidate_id = r.id and a.deleted_at is null) as applications,
    to_char(r.remote_updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "remoteUpdatedAt",
    to_char(r.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "changedAt",
    to_char(r.deleted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt") d) as document
from candidate r where r.tenant_id = $1 and r.deleted_at is null order by r.id limit $2`;

const FRESH = `select to_char(read_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "readFrom"
from sync_watermark where tenant_id = $1 and resource = 'candidate'`;

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 16 });
const server = fastify();

server.get<{ Params: { tenantId: string }; Querystring: { limit: string } }>('/v1/tenants/:tenantId/candidates', async (request, reply) => {
  const { tenantId } = request.params;
  const limit = Number(request.query.limit);
  const [{ rows }, { rows: fresh }] = await Promise.all([
    pool.query<{ id: string; document: string }>(PAGE, [tenantId, limit + 1]),
    pool.query<{ readFrom: string }>(FRESH, [tenantId]),
  ]);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const cursor =
    last === undefined ? null : encodeCursor({ id: last.id, changedAt: null }, [tenantId, 'candidate', 'includeDeleted=false']);
  void reply.header('content-type', 'application/json; charset=utf-8');
  const documents = page.map(({ document }) => document).join(',');
  return `{"data":[${documents}],"nextCursor":${JSON.stringify(cursor)},"freshAsOf":${JSON.stringify(fresh[0]?.readFrom ?? null)}}`;
});

console.log(`the floor of reads listens at ${await server.listen({ host: '127.0.0.1', port: 0 })}`);
process.once('SIGTERM', () => process.exit(0));
