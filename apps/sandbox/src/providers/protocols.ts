import { ashby } from './ashby.js';
import { greenhouse } from './greenhouse.js';
import type { Protocol } from './protocol.js';
import { teamtailor } from './teamtailor.js';
import { workable } from './workable.js';

/** The ATSs that order assessments of partners themselves. */
export const PROTOCOLS: readonly Protocol[] = [greenhouse, ashby, workable, teamtailor];
