import type { Grant } from '#libs/consent';
import { RESOURCES, type Resource } from '#libs/model';
import { grantOf } from '../acceptance/grants.js';

/** A grant to sync by way of Kombo, for all resources or those given. */
export const grantToRead = (...read: readonly Resource[]): Grant => grantOf({ type: 'kombo', read: read.length === 0 ? RESOURCES : read });
