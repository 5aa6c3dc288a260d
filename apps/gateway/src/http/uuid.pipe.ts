import { Injectable, type PipeTransform } from '@nestjs/common';
import { GatewayError, isUuid } from '#libs/model';

/** An id in a path. What is no UUID cannot be there: `not-found`, before it comes near SQL. */
@Injectable()
export class Uuid implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isUuid(value)) throw new GatewayError('not-found');
    return value.toLowerCase();
  }
}
