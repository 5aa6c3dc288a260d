import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';
import { MayBeLeftOut } from '../http/may-be-left-out.js';
import { FromCaller } from '../http/openapi-input.js';
import { LimitQuery } from '../http/page.dto.js';
import { SUBSCRIBABLE } from './subscribed-types.js';

const IsEndpoint = () =>
  applyDecorators(
    IsString(),
    Length(9, 2_000),
    ApiProperty({ description: 'https at a public host; in development also http at a host of EGRESS_ALLOW_HOSTS. Without credentials.' }),
  );

const AreTypes = () =>
  applyDecorators(
    IsArray(),
    ArrayNotEmpty(),
    ArrayMaxSize(50),
    ArrayUnique(),
    IsString({ each: true }),
    ApiProperty({
      items: { type: 'string', enum: [...SUBSCRIBABLE] },
      description: 'Types of events; `candidate.*` for all of a kind, `*` for all.',
    }),
  );

class SubscriptionOptions {
  @MayBeLeftOut()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(1_000)
  @IsUUID(undefined, { each: true })
  @ApiProperty({ description: 'Events of these tenants alone; without it those of all that the token is good for.' })
  tenantIds?: string[];

  @MayBeLeftOut()
  @IsString()
  @Length(1, 100)
  @ApiProperty({
    description:
      'Of events of applications only those of coming into a stage (created in it, moved to it) whose name fits: `*` stands for any characters, upper and lower case are alike. `*` alone: any stage. Names are looked up at delivery and are in no event.',
  })
  stageName?: string;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(200)
  description?: string;
}

@FromCaller({ stageName: 'Alva*' }, { types: ['candidate.*', 'application.updated'] })
export class SubscriptionPatchBody extends SubscriptionOptions {
  @MayBeLeftOut()
  @IsEndpoint()
  url?: string;

  @MayBeLeftOut()
  @AreTypes()
  types?: string[];
}

@FromCaller({
  url: 'https://hooks.alva.example/ats',
  types: ['candidate.*', 'result.delivered'],
  description: 'tells the assessment service',
})
export class NewSubscriptionBody extends SubscriptionOptions {
  @IsEndpoint()
  url!: string;

  @AreTypes()
  types!: string[];
}

@FromCaller({ from: '2026-11-22T10:00:00Z' })
export class ReplayBody {
  @Matches(/^(evt_\d{1,18}|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z)$/)
  @ApiProperty({
    description: 'An event’s id, or a time (RFC 3339, UTC): it and everything that was noted later comes again, with the same ids.',
  })
  from!: string;
}

@FromCaller()
export class DeliveriesQuery extends LimitQuery {
  @MayBeLeftOut()
  @Matches(/^\d{1,18}$/)
  @ApiProperty({ description: '`nextCursor` of the page before, as it came.' })
  cursor?: string;
}
