import { randomUUID } from 'node:crypto';
import { stageLink } from '../ats/teamtailor/resources.js';
import { keysOf } from '../request-parts.js';
import { marked, markedUrl, type Installation, type Order } from './installation.js';
import { fullName, subjectOf } from './subject.js';

/** What the partner has to drop of a candidate: filled, as customers fill it (tt-partner-docs, 2026-06-11). */
function sensitive(installation: Installation, phone: string): object {
  const told = (words: string): string => marked(installation, words);
  const file = { url: markedUrl(installation, 'https://files.example/resume.pdf'), name: told('resume.pdf') };
  return {
    phone: told(phone),
    'picture-url': markedUrl(installation, 'https://pictures.example/1'),
    tags: [told('sick leave')],
    questions: [{ id: 1, question: told('Do you have children?'), answer: told('Two') }],
    'custom-fields': [{ id: 2, name: told('Social security number'), value: told('850709-9805') }],
    uploads: [file],
    resume: file,
    'job-offers': [{ id: 3, salary: told('41000 SEK') }],
    referrals: [{ id: 4, name: told('Anna Berg'), note: told('My cousin') }],
    onboardings: [{ id: 5, note: told('Back from parental leave') }],
  };
}

function jobPart({ installation, job, test }: Order, { jobId, jobName, stage, outcome, recruiter }: ReturnType<typeof subjectOf>): object {
  return {
    id: Number(jobId),
    title: jobName,
    'stage-id': job === null || stage === null ? null : Number(stageLink(job, stage.key).id),
    stage: stage?.name ?? null,
    tags: [marked(installation, 'replaces a person on sick leave')],
    'trigger-id': 1 + test.length,
    'custom-fields': [{ id: 6, name: marked(installation, 'Budget'), value: marked(installation, '41000 SEK') }],
    status: { rejected: outcome === 'rejected' },
    'triggered-by': recruiter === null ? null : { id: 1, email: recruiter.email, name: fullName(recruiter) },
  };
}

/** `_` in a field's id is `-` in what a recruiter chose (the same). */
function choices({ installation, test }: Order): object {
  const offered = installation.tests.find(({ id }) => String(id) === test) ?? installation.tests[0];
  return { [(offered?.field ?? 'test').replaceAll('_', '-')]: test };
}

/** What the trigger of a stage sends when a candidate comes into it. */
export function eventOf(order: Order, address: string) {
  const { installation } = order;
  const subject = subjectOf(order);
  const { recruiter } = subject;
  return {
    'partner-event': {
      id: randomUUID(),
      'webhook-data': choices(order),
      'partner-result': { id: order.id, status: 'sending', 'update-url': `${address}/partner/v1/partner-results/${order.id}` },
      candidate: {
        id: Number(subject.candidateId),
        uuid: randomUUID(),
        'first-name': subject.firstName,
        'last-name': subject.lastName,
        email: subject.email,
        department: subject.department,
        role: null,
        job: subject.jobId === null ? null : jobPart(order, subject),
        recruiter:
          recruiter === null
            ? null
            : { name: fullName(recruiter), email: recruiter.email, phone: marked(installation, recruiter.person.phone) },
        locations: [],
        ...sensitive(installation, subject.person.phone),
      },
    },
    company: {
      uuid: installation.companyUuid,
      name: `Customer ${installation.account.id}`,
      url: `https://${installation.account.id}.teamtailor.com`,
      logotype: null,
    },
  };
}

/** What the partner may tell of the result in its answer to the event. */
export const attributesIn = (body: unknown): unknown => keysOf(body)['partner_result_attributes'];
