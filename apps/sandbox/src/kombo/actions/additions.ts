import type { Fields } from '../fields.js';
import { changeLive } from '../../live/changing.js';
import { liveTags, withoutTag, withTag } from '../records/tags.js';
import type { Deed } from './action.js';

/** Logged, and that is all: Kombo has no call that reads them again. */
const isRecorded: Deed = () => ({});

/** `POST …/result-links` of an application or a candidate: the same body. */
export function prepareResultLink(body: Fields): Deed {
  body.text('label');
  body.text('url');
  body.url('url');
  const details = body.object('details');
  if (details !== null) readDetails(details);
  body.skip('remote_fields');
  body.end();
  return isRecorded;
}

function readDetails(details: Fields): void {
  details.text('custom_field_name_prefix', /^[^]*$/);
  for (const attribute of details.list('attributes')) {
    attribute.text('key', /^[^]*$/);
    attribute.text('value', /^[^]*$/);
    attribute.end();
  }
  details.end();
}

/** `POST /ats/applications/{id}/notes`. */
export function prepareNote(body: Fields): Deed {
  body.text('content');
  body.text('content_type', /^PLAIN_TEXT$/);
  body.skip('remote_fields');
  body.end();
  return isRecorded;
}

/** `POST /ats/candidates/{id}/tags`: makes the tag where there is none of that name. */
export function prepareTag(body: Fields): Deed {
  const name = tagName(body);
  return ({ integration, index }) => {
    changeLive(integration, 'candidate', index, { fields: { tags: withTag(integration, liveTags(integration, index), name) } });
    return {};
  };
}

/** `DELETE /ats/candidates/{id}/tags`, with a body; succeeds where there is no such tag. */
export function prepareTagRemoval(body: Fields): Deed {
  const name = tagName(body);
  return ({ integration, index }) => {
    changeLive(integration, 'candidate', index, { fields: { tags: withoutTag(integration, liveTags(integration, index), name) } });
    return {};
  };
}

function tagName(body: Fields): string {
  const tag = body.part('tag');
  const name = tag.text('name');
  tag.end();
  body.skip('remote_fields');
  body.end();
  return name;
}
