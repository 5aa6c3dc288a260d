import { jobFacts } from '../../live/facts.js';
import { indexOfRemoteId, remoteIdOf } from '../../live/remote-ids.js';
import { hidden } from '../account.js';
import { param, type Exchange } from '../exchange.js';
import { Refusal, type Answer, type ListAnswer } from '../vendor.js';
import { jobDetail, jobIdOfProcess } from './rows.js';
import { subStatusesOf } from './statuses.js';

const ROLES = ['RECRUITER', 'HIRING_MANAGER', 'COORDINATOR', 'INTERVIEW_TEAM', 'EXECUTIVE'] as const;

/** `GET /jobs/{id}`. */
export const answerJob = (exchange: Exchange): Answer => ({ body: jobDetail(exchange.account, jobIn(exchange, param(exchange, 'id'))) });

/** `GET /jobs/{id}/hiring-team`: all of them at once, by their ids alone. */
export function answerTeam(exchange: Exchange): ListAnswer {
  const { team } = jobFacts(exchange.account.records, jobIn(exchange, param(exchange, 'id')));
  return {
    items: team.map((user, place) => ({ id: remoteIdOf('user', user), role: ROLES[place % ROLES.length] })),
    wrap: (content) => ({ totalFound: team.length, content }),
  };
}

/** `GET /configuration/hiring-processes/{id}`. */
export function answerProcess(exchange: Exchange): Answer {
  const id = param(exchange, 'id');
  const { stages } = jobFacts(exchange.account.records, jobIn(exchange, jobIdOfProcess(id)));
  return { body: { id, name: hidden(exchange.account, 'Hiring with two interviews'), subStatuses: subStatusesOf(stages) } };
}

function jobIn({ account }: Exchange, id: string): number {
  const { job } = account.records.tables;
  const index = indexOfRemoteId('job', id) ?? job.size;
  if (index >= job.size || job.live(index).isDeleted) throw new Refusal(404, 'not_found', 'There is nothing of this id');
  return index;
}
