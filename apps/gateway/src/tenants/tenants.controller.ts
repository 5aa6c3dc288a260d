import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Put, Query } from '@nestjs/common';
import { ApiExtraModels, ApiTags } from '@nestjs/swagger';
import { decodeCursor, encodeCursor, GatewayError, type Clock } from '#libs/model';
import { Store, utc } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { DEFAULT_LIMIT } from '../http/page.dto.js';
import { Caller, type Principal } from '../http/principal.js';
import { Answers } from '../http/openapi-route.js';
import { Does, Scopes } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
import { Policies, type PolicyView } from './policy.js';
import { POLICY, TENANT, TENANT_WITH_POLICY, TENANTS } from './tenant.schema.js';
import { JobScopeBody, PolicyBody, TenantBody, TenantsQuery } from './tenant.dto.js';

interface TenantView {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly integration: { readonly id: string; readonly type: string; readonly ats: string; readonly state: string } | null;
}

const VIEW = `
  select t.id, t.name, ${utc('t.created_at')} as "createdAt",
         case when i.id is not null then json_build_object('id', i.id, 'type', i.type, 'ats', i.ats, 'state', i.state) end as integration
  from tenant t left join integration i on i.tenant_id = t.id and i.active`;

/** Alva's customers, and how each narrows what enters. */
@ApiTags('platform')
@Scopes('platform:admin')
@Controller('platform/v1/tenants')
export class TenantsController {
  constructor(
    private readonly store: Store,
    private readonly policies: Policies,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Put(':tenantId')
  @HttpCode(200)
  @Does('Make a tenant, or rename it; the id is the caller’s own UUID')
  @Answers(TENANT)
  async put(@Param('tenantId', Uuid) tenantId: string, @Body() { name }: TenantBody): Promise<TenantView> {
    return this.store.inTenant(tenantId, async (tx) => {
      await tx.run('insert into tenant (id, name, created_at) values ($1, $2, $3) on conflict (id) do update set name = excluded.name', [
        tenantId,
        name.toWellFormed().replaceAll('\0', ''),
        this.clock.now().toISOString(),
      ]);
      return first(await tx.rows<TenantView>(`${VIEW} where t.id = $1`, [tenantId]));
    });
  }

  @Get()
  @Does('The tenants, by id; filters: type, ats and state of the active integration, q in the name')
  @Answers(TENANTS)
  async list(@Query() { type, ats, state, q, limit = DEFAULT_LIMIT, cursor }: TenantsQuery, @Caller() { tenants }: Principal) {
    const filters = [type ?? null, ats ?? null, state ?? null, q ?? null];
    const after = cursor === undefined ? null : decodeCursor(cursor, ['tenants', ...filters]).id;
    const rows = await this.store.inPlatform((tx) =>
      tx.rows<TenantView>(
        `${VIEW} where ($1::text is null or i.type = $1) and ($2::text is null or i.ats = $2) and ($3::text is null or i.state = $3)
           and ($4::text is null or position(lower($4) in lower(t.name)) > 0) and ($5::uuid is null or t.id > $5)
           and ($6::uuid[] is null or t.id = any($6)) order by t.id limit $7`,
        [...filters, after, tenants === null ? null : [...tenants], limit + 1],
      ),
    );
    const data = rows.slice(0, limit);
    const last = data.at(-1);
    const nextCursor =
      rows.length > limit && last !== undefined ? encodeCursor({ id: last.id, changedAt: null }, ['tenants', ...filters]) : null;
    return { data, nextCursor };
  }

  @Get(':tenantId')
  @Does('One tenant, with its policy')
  @Answers(TENANT_WITH_POLICY)
  async get(@Param('tenantId', Uuid) tenantId: string): Promise<TenantView & { policy: PolicyView }> {
    return this.store.inTenant(tenantId, async (tx) => {
      const tenant = first(await tx.rows<TenantView>(`${VIEW} where t.id = $1`, [tenantId]));
      return { ...tenant, policy: await this.policies.read(tx, tenantId) };
    });
  }

  @Patch(':tenantId/policy')
  @Does(
    'Narrow what enters',
    'Hides stored data at once, and starts a full sync where something may have to come back. It can never widen.',
  )
  @Answers(POLICY)
  @ApiExtraModels(JobScopeBody)
  narrow(@Param('tenantId', Uuid) tenantId: string, @Body() body: PolicyBody): Promise<PolicyView> {
    return this.policies.change(tenantId, body);
  }
}

function first(rows: readonly TenantView[]): TenantView {
  const [row] = rows;
  if (row === undefined) throw new GatewayError('not-found', { detail: 'no such tenant; PUT it first' });
  return row;
}
