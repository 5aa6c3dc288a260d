import type { Fields } from '../fields.js';
import { candidateOf } from '../../live/links.js';
import { invalid } from '../query.js';
import type { Deed, Site } from './action.js';
import { ATTACHMENT_TYPES, type Attachment, type AttachmentType } from './attachment.js';
import { attachmentView, filesOf } from './attachment-files.js';

/** What a request says of a file; the content itself may have to be fetched. */
export interface GivenFile {
  readonly type: AttachmentType;
  readonly name: string;
  readonly load: () => Promise<{ readonly contentType: string; readonly content: Buffer }>;
}

const CONTENT_TYPE = /^[\w.-]+\/[\w.-]+$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const TIMEOUT_MS = 15_000;

/** `POST …/attachments` of an application or a candidate. */
export function prepareAttachment(whose: (site: Site) => Pick<Attachment, 'candidate' | 'application'>) {
  return (body: Fields): Deed => {
    const given = readFile(body.part('attachment'));
    body.skip('remote_fields');
    body.end();
    return async (site) => {
      site.integration.attachments.push({ ...(await loadFile(given)), ...whose(site), createdMs: site.nowMs });
      return {};
    };
  };
}

export async function loadFile({ load, ...file }: GivenFile) {
  return { ...file, ...(await load()) };
}

/** Exactly one of `data` and `data_url`; a content type with `data` (Kombo OpenAPI, 2026-05-02). */
export function readFile(fields: Fields): GivenFile {
  const name = fields.text('name');
  const type = fields.oneOf('type', ATTACHMENT_TYPES);
  const contentType = fields.optionalText('content_type', CONTENT_TYPE);
  const data = fields.optionalText('data', BASE64);
  const url = fields.url('data_url');
  fields.end();
  if (type === null) throw invalid('The type of the attachment is required.');
  if (data !== null && url === null && contentType !== null)
    return { type, name, load: () => Promise.resolve({ contentType, content: Buffer.from(data, 'base64') }) };
  if (data !== null || url === null) throw invalid('Either data with a content_type or data_url is required.');
  return { type, name, load: () => fetchFile(url, contentType) };
}

/** At once, without a key: the address may be short-lived. */
async function fetchFile(url: string, contentType: string | null) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const content = Buffer.from(await response.arrayBuffer());
    if (response.ok) return { contentType: contentType ?? response.headers.get('content-type') ?? 'application/octet-stream', content };
  } catch {
    // Not reached, or not in time: the same as a refusal.
  }
  throw invalid('The data_url could not be fetched.');
}

export const ofCandidate = ({ index }: Site) => ({ candidate: index, application: null });

export const ofApplication = ({ integration, index }: Site) => ({
  candidate: candidateOf(integration, index, integration.tables.application.live(index).change),
  application: index,
});

/** `GET /ats/candidates/{id}/attachments`: the files of all of their applications too. */
export function prepareCandidateFiles(): Deed {
  return ({ kombo, integration, index, nowMs, origin }) => {
    const { ids } = integration;
    const results = filesOf(integration, index).map((file) => ({
      ...attachmentView(kombo, integration, file, nowMs, origin),
      application_id: file.application === null ? null : ids.idOf('application', file.application),
      candidate_id: ids.idOf('candidate', index),
    }));
    return { results };
  };
}

/** `GET /ats/applications/{id}/attachments`: its own files and those that the ATS keeps with the candidate. */
export function prepareApplicationFiles(): Deed {
  return (site) => {
    const { kombo, integration, index, nowMs, origin } = site;
    const files = filesOf(integration, ofApplication(site).candidate);
    const own = files.filter(({ application }) => application === null || application === index);
    return { results: own.map((file) => attachmentView(kombo, integration, file, nowMs, origin)) };
  };
}
