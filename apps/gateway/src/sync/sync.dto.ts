import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsOptional } from 'class-validator';
import { RESOURCES, type Resource } from '#libs/model';
import type { HeldDecision, SyncMode } from '#libs/store';

export class RefreshBody {
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(RESOURCES, { each: true })
  resources?: Resource[];
}

export class SyncBody extends RefreshBody {
  @IsIn(['delta', 'full'])
  mode!: SyncMode;
}

export class HeldDecisionBody {
  @IsIn(['carry-out', 'keep'])
  decision!: HeldDecision;
}
