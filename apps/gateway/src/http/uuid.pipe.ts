import { Injectable, type PipeTransform } from '@nestjs/common';
import { GatewayError } from '#libs/model';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id in a path. What is no UUID cannot be there: `not-found`, before it comes near SQL. */
@Injectable()
export class Uuid implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!UUID.test(value)) throw new GatewayError('not-found');
    return value.toLowerCase();
  }
}
