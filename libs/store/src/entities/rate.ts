import { defineEntity, p } from '@mikro-orm/core';

/** How one limit of one credential stands, as all processes know it together. `credential` names it and is never the key itself. */
export const RateStanding = defineEntity({
  name: 'RateStanding',
  tableName: 'rate_state',
  properties: {
    credential: p.text().primary(),
    limitName: p.text().primary(),
    state: p.json<object>().nullable(),
  },
});
