import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { MayBeLeftOut } from '../http/may-be-left-out.js';
import { FromCaller } from '../http/openapi-input.js';
import { LimitQuery } from '../http/page.dto.js';
import { LONGEST_CURSOR } from './feed-cursor.js';

const seconds = ({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value);
const lowerCase = ({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value);

@FromCaller()
export class EventsQuery extends LimitQuery {
  @MayBeLeftOut()
  @IsString()
  @MaxLength(LONGEST_CURSOR)
  @ApiProperty({ description: '`nextCursor` of the answer before, as it came.' })
  cursor?: string;

  @MayBeLeftOut()
  @IsIn(['start', 'end'])
  @ApiProperty({ description: 'Where to begin without a cursor: with the oldest event, or with what comes from now on.', default: 'start' })
  from?: 'start' | 'end';

  @MayBeLeftOut()
  @Transform(lowerCase)
  @IsUUID()
  @ApiProperty({ description: 'Only this tenant’s events.' })
  tenantId?: string;

  @MayBeLeftOut()
  @Transform(seconds)
  @IsInt()
  @Min(0)
  @Max(30)
  @ApiProperty({ description: 'For how many seconds to wait for an event where there is none yet.', default: 0 })
  wait?: number;
}
