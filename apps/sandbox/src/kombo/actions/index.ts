import type { Action } from './action.js';
import { prepareNote, prepareResultLink, prepareTag, prepareTagRemoval } from './additions.js';
import { ofApplication, ofCandidate, prepareApplicationFiles, prepareAttachment, prepareCandidateFiles } from './attachments.js';
import { prepareApplication } from './create-application.js';
import { prepareRejection, prepareStage } from './decisions.js';

const APPLICATION = '/ats/applications/:id';
const CANDIDATE = '/ats/candidates/:id';

/** What is done live at the ATS (Kombo OpenAPI, 2026-05-02), with its id in `write_actions`. */
export const ACTIONS: readonly Action[] = [
  on('application', 'PUT', `${APPLICATION}/stage`, 'ats_move_application_to_stage', prepareStage),
  on('application', 'POST', `${APPLICATION}/result-links`, 'ats_add_result_link_to_application', prepareResultLink),
  on('candidate', 'POST', `${CANDIDATE}/result-links`, 'ats_add_result_link_to_candidate', prepareResultLink),
  on('application', 'POST', `${APPLICATION}/notes`, 'ats_add_note_to_application', prepareNote),
  on('application', 'POST', `${APPLICATION}/attachments`, 'ats_add_application_attachment', prepareAttachment(ofApplication)),
  on('candidate', 'POST', `${CANDIDATE}/attachments`, 'ats_add_candidate_attachment', prepareAttachment(ofCandidate)),
  on('application', 'GET', `${APPLICATION}/attachments`, 'ats_read_application_attachments', prepareApplicationFiles),
  on('candidate', 'GET', `${CANDIDATE}/attachments`, 'ats_read_candidate_attachments', prepareCandidateFiles),
  on('application', 'POST', `${APPLICATION}/reject`, 'ats_reject_application', prepareRejection),
  on('candidate', 'POST', `${CANDIDATE}/tags`, 'ats_add_candidate_tag', prepareTag),
  on('candidate', 'DELETE', `${CANDIDATE}/tags`, 'ats_remove_candidate_tag', prepareTagRemoval),
  on('job', 'POST', '/ats/jobs/:id/applications', 'ats_create_application', prepareApplication),
];

function on(resource: Action['resource'], method: Action['method'], path: string, id: string, prepare: Action['prepare']): Action {
  return { resource, method, path, id, prepare };
}
