import { ApiProperty } from '@nestjs/swagger';
import { IsUUID, Matches } from 'class-validator';
import { FromCaller } from '../http/openapi-input.js';
import { MayBeLeftOut } from '../http/may-be-left-out.js';
import { LimitQuery } from '../http/page.dto.js';
import { IsUtcTime } from '../http/utc-time.js';

@FromCaller()
export class WebhooksQuery extends LimitQuery {
  @MayBeLeftOut()
  @IsUUID()
  tenantId?: string;

  @MayBeLeftOut()
  @Matches(/^[a-z-]{1,60}$/)
  type?: string;

  @MayBeLeftOut()
  @IsUtcTime()
  @ApiProperty({ description: 'Only what came before this time: the `receivedAt` of the last one goes on from there.' })
  before?: string;
}
