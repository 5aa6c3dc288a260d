import { draw } from '../../people/draw.js';
import { candidateOf } from '../../people/person.js';
import { iso } from '../records/parts.js';
import { daysOf } from '../../people/days.js';
import { freeId } from '../ids.js';
import type { Integration } from '../integration.js';
import type { Kombo } from '../kombo.js';
import type { Attachment } from './attachment.js';

const FIRST_CV = 4_100_000_000;
const FIRST_ADDED = 4_110_000_000;
/** Kombo says only that its addresses may be short-lived. */
const ADDRESS_LIVES_MS = 3_600_000;

interface Listed extends Attachment {
  readonly number: number;
}

/** The candidate's files: the seeded CV, and what was added since. */
export function filesOf(integration: Integration, candidate: number): Listed[] {
  const added = integration.attachments.flatMap((file, place) =>
    file.candidate === candidate ? [{ ...file, number: FIRST_ADDED + place }] : [],
  );
  return candidate < integration.tables.candidate.seeded ? [seededCv(integration, candidate), ...added] : added;
}

/** Personal from its name on: nobody who needs only the application has to see it. */
function seededCv({ recipe, behaviour }: Integration, candidate: number): Listed {
  const person = candidateOf(recipe.seed, candidate);
  const name = [person.firstName, person.lastName].join(' ').trim();
  const text = `Curriculum vitae of ${name}\nBorn ${person.birthDate}\nPhone ${person.phone}\n${behaviour.canary ?? ''}\n`;
  return {
    number: FIRST_CV + candidate,
    candidate,
    application: null,
    type: 'CV',
    name: `CV ${name}${behaviour.canary === null ? '' : ` ${behaviour.canary}`}.txt`,
    contentType: 'text/plain',
    content: Buffer.from(text),
    createdMs: daysOf(recipe.seed, candidate, 70).createdMs + (draw(recipe.seed, candidate, 77) % 60_000),
  };
}

/** Kombo's `Attachment`, with an address of the sandbox that serves the file. */
export function attachmentView(kombo: Kombo, integration: Integration, file: Listed, nowMs: number, origin: string): object {
  const id = integration.ids.idOf('other', file.number);
  const token = freeId(`file ${integration.identity.id} ${id} ${nowMs}`);
  kombo.resources.set(token, { contentType: file.contentType, content: file.content, untilMs: nowMs + ADDRESS_LIVES_MS });
  return {
    id,
    remote_id: `file-${file.number}`,
    type: file.type,
    file_name: file.name,
    content_type: file.contentType,
    data_url: `${origin}/kombo/resources/${token}`,
    remote_created_at: iso(file.createdMs),
    remote_updated_at: null,
  };
}
