import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AssessmentPackage } from '#libs/model';
import { Environment } from '../config/environment.js';

/** What can be ordered in an ATS, as the environment says. */
@Injectable()
export class Catalogue {
  readonly packages: readonly AssessmentPackage[];
  /** Another one where anything of the packages is. */
  readonly hash: string;

  constructor({ ASSESSMENT_PACKAGES }: Environment) {
    this.packages = ASSESSMENT_PACKAGES.map((text) => {
      const [id = '', name = ''] = text.split('=');
      return { id, name };
    });
    this.hash = createHash('sha256').update(JSON.stringify(this.packages)).digest('hex');
  }

  has(packageId: string): boolean {
    return this.packages.some(({ id }) => id === packageId);
  }
}
