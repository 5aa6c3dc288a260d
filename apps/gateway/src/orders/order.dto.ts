import { IsIn, IsUUID } from 'class-validator';
import { ORDER_STATES, type OrderState } from '#libs/model';
import { MayBeLeftOut } from '../http/may-be-left-out.js';
import { FromCaller } from '../http/openapi-input.js';
import { PageQuery } from '../http/page.dto.js';

@FromCaller()
export class OrdersQuery extends PageQuery {
  @MayBeLeftOut()
  @IsIn(ORDER_STATES)
  state?: OrderState;

  @MayBeLeftOut()
  @IsUUID()
  applicationId?: string;
}
