import { jobOf, stagesOf } from '../../live/links.js';
import { changeLive } from '../../live/changing.js';
import { invalid } from '../query.js';
import { reasonOfId } from '../rejection-reasons.js';
import { stageOfId } from '../records/job-core.js';
import type { Fields } from '../fields.js';
import { refused, type Deed, type Site } from './action.js';

/** `PUT /ats/applications/{id}/stage`. */
export function prepareStage(body: Fields): Deed {
  const stageId = body.text('stage_id');
  body.skip('remote_fields');
  body.end();
  return (site) => {
    const { integration, index } = site;
    const { job, key } = stageOf(site, stageId);
    const own = jobOf(integration, index, integration.tables.application.live(index).change);
    if (job !== own || !hasStage(site, job, key)) throw refused('The stage is not one of the job of this application.');
    changeLive(integration, 'application', index, { links: { stage: key } });
    return {};
  };
}

/** `POST /ats/applications/{id}/reject`. */
export function prepareRejection(body: Fields): Deed {
  const reasonId = body.text('rejection_reason_id');
  body.optionalText('note');
  body.skip('remote_fields');
  body.end();
  return ({ integration, index, nowMs }) => {
    const reason = reasonOfId(integration, reasonId);
    if (reason === undefined) throw invalid('There is no such rejection reason.');
    const rejected_at = new Date(nowMs).toISOString();
    changeLive(integration, 'application', index, { fields: { outcome: 'DECLINED', rejection_reason_name: reason, rejected_at } });
    return {};
  };
}

export function stageOf({ integration }: Site, id: string): { job: number; key: number } {
  const stage = stageOfId(integration, id);
  if (stage === undefined) throw invalid('There is no such stage.');
  return stage;
}

export function hasStage({ integration }: Site, job: number, key: number): boolean {
  const stages = stagesOf(integration, job, integration.tables.job.live(job).change);
  return stages.some((stage) => stage.key === key);
}
