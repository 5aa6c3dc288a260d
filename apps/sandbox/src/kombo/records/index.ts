import type { Resource } from '#libs/model';
import type { Integration } from '../integration.js';
import { applicationRecord } from './application.js';
import { candidateRecord } from './candidate.js';
import { jobRecord } from './job.js';
import type { Json } from './parts.js';
import { userRecord } from './user.js';

/** A record as Kombo's list endpoints give it, made on the fly from the seed and what changed since. */
export const RECORD: { readonly [R in Resource]: (integration: Integration, index: number) => Json } = {
  user: userRecord,
  job: jobRecord,
  candidate: candidateRecord,
  application: applicationRecord,
};
