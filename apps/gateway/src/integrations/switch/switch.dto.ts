import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { FromCaller } from '../../http/openapi-input.js';
import { MayBeLeftOut } from '../../http/may-be-left-out.js';

@FromCaller()
export class SwitchTargetQuery {
  @IsUUID()
  toIntegrationId!: string;
}

@FromCaller({ toIntegrationId: '0192f1c4-7a3e-7c1d-9a51-2f6b8e0d4c11', reason: 'Own connector: more fields and no sub-processor' })
export class NewSwitchBody extends SwitchTargetQuery {
  @MayBeLeftOut()
  @IsString()
  @MaxLength(500)
  @ApiProperty({ description: 'Why; kept with the switch.' })
  reason?: string;
}

@FromCaller({}, { accept: ['field-lost:job.location'] })
export class CutoverBody {
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(/^[a-z0-9-]{1,60}(:[a-zA-Z.-]{1,60})?$/, { each: true })
  @ApiProperty({ description: 'Of the verdict’s reasons, those that may be so.', type: [String] })
  accept?: string[];
}
