import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { RESOURCES, type Resource } from '#libs/model';
import { FromCaller } from '../http/openapi-input.js';
import type { HeldDecision, SyncMode } from '#libs/store';
import { MayBeLeftOut } from '../http/may-be-left-out.js';

@FromCaller({ resources: ['candidate', 'application'] }, {})
export class RefreshBody {
  @MayBeLeftOut()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(RESOURCES, { each: true })
  resources?: Resource[];
}

@FromCaller({ mode: 'delta' }, { mode: 'full', resources: ['job'] })
export class SyncBody extends RefreshBody {
  @IsIn(['delta', 'full'])
  mode!: SyncMode;
}

@FromCaller({ decision: 'keep' })
export class HeldDecisionBody {
  @IsIn(['carry-out', 'keep'])
  decision!: HeldDecision;
}
