import { IsIn, IsObject, Matches } from 'class-validator';
import { FromCaller } from '../http/openapi-input.js';
import { INTEGRATION_TYPES, type IntegrationType } from '#libs/model';
import { MayBeLeftOut } from '../http/may-be-left-out.js';

/** An ATS's key: Kombo's tool key, or the slug of a native connector. A free text: Kombo adds tools every month (SDK 1.3.4 knows 202). */
const ATS = /^[a-z0-9][a-z0-9-]{0,63}$/;

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
