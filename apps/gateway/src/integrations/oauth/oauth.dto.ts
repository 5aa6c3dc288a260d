import { IsString, MaxLength } from 'class-validator';
import { FromCaller } from '../../http/openapi-input.js';
import { MayBeLeftOut } from '../../http/may-be-left-out.js';

/** What an ATS adds to the address: it may be more than RFC 6749 names. */
@FromCaller()
export class CallbackQuery {
  @MayBeLeftOut()
  @IsString()
  @MaxLength(200)
  state?: string;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(4096)
  code?: string;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(200)
  error?: string;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  error_description?: string;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  scope?: string;
}
