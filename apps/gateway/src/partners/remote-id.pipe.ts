import { Injectable, type PipeTransform } from '@nestjs/common';
import { GatewayError, type Resource } from '#libs/model';

// oxlint-disable-next-line no-control-regex -- what a database refuses or a log would break on
const ID = /^[^\u0000-\u001f\u007f]{1,200}$/;

/** What the ATS calls a record. */
@Injectable()
export class RemoteId implements PipeTransform<string, string> {
  transform(value: string): string {
    if (ID.test(value) && value.isWellFormed()) return value;
    throw new GatewayError('invalid-request', { detail: '"remoteId" takes 1 to 200 characters without control characters' });
  }
}

const LISTS: Readonly<Record<string, Resource>> = { jobs: 'job', users: 'user', candidates: 'candidate', applications: 'application' };

/** A list's name in a path. */
@Injectable()
export class ListName implements PipeTransform<string, Resource> {
  transform(value: string): Resource {
    const resource = Object.hasOwn(LISTS, value) ? LISTS[value] : undefined;
    if (resource !== undefined) return resource;
    throw new GatewayError('not-found', { detail: 'jobs, users, candidates or applications' });
  }
}
