import { IsIn, IsObject, Matches } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { FromCaller } from '../http/openapi-input.js';
import { INTEGRATION_TYPES, type IntegrationType } from '#libs/model';
import { MayBeLeftOut } from '../http/may-be-left-out.js';

/** An ATS's key: Kombo's tool key, or the slug of a native connector. A free text: Kombo adds tools every month (SDK 1.3.4 knows 202). */
const ATS = /^[a-z0-9][a-z0-9-]{0,63}$/;

const EMAIL = /^[\w.+-]{1,64}@([A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}$/;

/** What is filled in, by the names of the connector's fields. */
@FromCaller({ settings: { komboIntegrationId: 'greenhouse:CBNMt7dSNCzBdnRTx87dev4E' } })
export class IntegrationPatchBody {
  @MayBeLeftOut()
  @IsObject()
  settings?: Record<string, unknown>;

  @MayBeLeftOut()
  @IsObject()
  credentials?: Record<string, unknown>;
}

@FromCaller({ type: 'kombo', ats: 'greenhouse', settings: { komboIntegrationId: 'greenhouse:8d1hpPsbjxUkoCoa1veLZGe5' } })
export class NewIntegrationBody extends IntegrationPatchBody {
  @IsIn(INTEGRATION_TYPES)
  type!: IntegrationType;

  @Matches(ATS)
  ats!: string;
}

@FromCaller({}, { email: 'hr@customer.example', language: 'de', lifetime: 'short' })
export class ConnectLinkBody {
  @MayBeLeftOut()
  @Matches(EMAIL)
  @ApiProperty({
    description:
      'Of the person who connects. The source keeps it, so that the agreement has to cover the source; by default nobody’s is sent.',
  })
  email?: string;

  @MayBeLeftOut()
  @Matches(/^[a-z]{2}$/)
  language?: string;

  @MayBeLeftOut()
  @IsIn(['long', 'short'])
  @ApiProperty({ description: '`long` (the default) is to be sent by mail, `short` to be opened at once.' })
  lifetime?: 'long' | 'short';
}

@FromCaller({}, { token: 'hsy8d2k0fj3' })
export class ActivationBody {
  @MayBeLeftOut()
  @Matches(/^[\x21-\x7e]{1,4096}$/)
  @ApiProperty({ description: 'Handed over by the source’s connection page: binds the integration to the account before it is activated.' })
  token?: string;
}
