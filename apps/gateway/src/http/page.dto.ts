import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { MayBeLeftOut } from './may-be-left-out.js';

export const DEFAULT_LIMIT = 100;

/** A query's values are texts; what is not plainly a number stays one, and is refused. */
const wholeNumber = ({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value);

/** How many of a list: `?limit=1…250` (100). */
export class LimitQuery {
  @MayBeLeftOut()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(250)
  @ApiProperty({ default: DEFAULT_LIMIT })
  limit?: number;
}

/** Which page of a list: `?limit=1…250` (100) `&cursor=`. */
export class PageQuery extends LimitQuery {
  @MayBeLeftOut()
  @IsString()
  @MaxLength(512)
  @ApiProperty({ description: '`nextCursor` of the page before, as it came, with the same filters.' })
  cursor?: string;
}
