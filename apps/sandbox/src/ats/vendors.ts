import { ashby } from './ashby/vendor.js';
import { greenhouse } from './greenhouse/vendor.js';
import { lever } from './lever/vendor.js';
import { recruitee } from './recruitee/vendor.js';
import { smartrecruiters } from './smartrecruiters/vendor.js';
import { teamtailor } from './teamtailor/vendor.js';
import { workable } from './workable/vendor.js';
import type { Vendor } from './vendor.js';

/** Every ATS that there is a stand-in for. */
export const VENDORS: readonly Vendor[] = [greenhouse, teamtailor, workable, lever, smartrecruiters, ashby, recruitee];
