import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { PartnerKeyRow } from '#libs/store';
import { list, object, component, text, time, uuid } from '../http/openapi-schema.js';
import { Answers, Fails } from '../http/openapi-route.js';
import { Caller, type Principal } from '../http/principal.js';
import { Does, Scopes } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
import { PartnerKeys } from './partner-keys.js';

const SHAPE = { id: uuid, integrationId: uuid, createdAt: time, createdBy: text };
const KEY = component('PartnerKey', object(SHAPE));
const NEW_KEY = component('NewPartnerKey', object({ ...SHAPE, key: { ...text, description: 'Shown this once.' } }));

const viewOf = ({ id, integrationId, createdAt, createdBy }: PartnerKeyRow) => ({
  id,
  integrationId,
  createdAt: createdAt.toISOString(),
  createdBy,
});

/** Keys with which an ATS calls the partner API. */
@ApiTags('platform')
@Scopes('platform:admin')
@Controller('platform/v1/tenants/:tenantId/integrations/:id/keys')
export class PartnerKeysController {
  constructor(private readonly keys: PartnerKeys) {}

  @Post()
  @Does('Make a key of the partner API', 'Two may be live, so that one can replace the other. The key is shown this once.')
  @Answers(NEW_KEY)
  @Fails('unsupported')
  async create(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string, @Caller() { subject }: Principal) {
    const { row, key } = await this.keys.create(tenantId, id, subject);
    return { ...viewOf(row), key };
  }

  @Get()
  @Does('The keys that are live, without their texts')
  @Answers(object({ data: list(KEY) }))
  async list(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string) {
    return { data: (await this.keys.list(tenantId, id)).map(viewOf) };
  }

  @Delete(':keyId')
  @HttpCode(204)
  @Does('Take a key back, at once')
  revoke(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string, @Param('keyId', Uuid) keyId: string): Promise<void> {
    return this.keys.revoke(tenantId, id, keyId);
  }
}
