import { Injectable, type PipeTransform } from '@nestjs/common';
import { GatewayError } from '#libs/model';

const KEY = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** The caller's own name for a result of an application. */
@Injectable()
export class ResultKey implements PipeTransform<string, string> {
  transform(value: string): string {
    if (KEY.test(value)) return value;
    throw new GatewayError('invalid-request', {
      detail: '"resultKey" takes 1 to 128 letters, digits, dots, colons, dashes and underscores',
    });
  }
}
