import type { Transaction } from '../transaction.js';

/** An application and a stage that an event names. */
export interface StageOfApplication {
  readonly applicationId: string;
  readonly stageId: string;
}

export interface NamedStage extends StageOfApplication {
  readonly name: string;
}

/**
 * What these stages are called now: by the application's job, or by the application itself while it is in that stage. Those that are not known (any
 * more) are left out.
 */
export function namesOfStages(tx: Transaction, stages: readonly StageOfApplication[]): Promise<NamedStage[]> {
  return tx.rows<NamedStage>(
    `select q.application_id as "applicationId", q.stage_id as "stageId", coalesce(s.name, case when a.stage_id = q.stage_id then a.stage_name end) as name
     from unnest($1::uuid[], $2::uuid[]) as q (application_id, stage_id)
     join application a on a.id = q.application_id
     left join job j on j.tenant_id = a.tenant_id and j.id = a.job_id
     left join lateral (
       select stage ->> 'name' as name from jsonb_array_elements(j.stages) as stage where stage ->> 'id' = q.stage_id::text limit 1
     ) s on true
     where a.tenant_id = $3 and coalesce(s.name, case when a.stage_id = q.stage_id then a.stage_name end) is not null`,
    [stages.map(({ applicationId }) => applicationId), stages.map(({ stageId }) => stageId), tx.tenantId],
  );
}
