import type { Integration } from '../integration.js';
import { hidden, type Json } from './parts.js';

const FIRST_QUESTION = 2_000_000_000;

/** Every format that Kombo's `ScreeningQuestion` knows (OpenAPI 2026-05-02), three to a job; EEO and demographic ones among them. */
export function questionsOf(integration: Integration, job: number): Json[] {
  const option = (name: string, place: number) => ({
    id: integration.ids.idOf('other', FIRST_QUESTION + 100 * job + place),
    remote_id: `option-${place}`,
    name: hidden(integration, name),
  });
  const formats: Json[] = [
    { type: 'TEXT', display_type: 'MULTI_LINE', max_length: 2_000 },
    { type: 'SINGLE_SELECT', display_type: 'RADIO', options: [option('Woman', 50), option('Man', 51), option('Other', 52)] },
    { type: 'MULTI_SELECT', options: [option('Hearing', 53), option('Sight', 54)] },
    { type: 'NUMBER', display_type: 'FIELD', min: 0, max: 90_000 },
    { type: 'FILE', accepted_mime_types: ['application/pdf'], max_file_size_bytes: 5_000_000 },
    { type: 'BOOLEAN' },
    { type: 'DATE' },
    { type: 'INFORMATION' },
    { type: 'UNKNOWN', raw_question: { html: hidden(integration, '<input type=color>') } },
  ];
  return [0, 1, 2].map((place) => {
    const kind = (job + place * 3) % formats.length;
    return {
      id: integration.ids.idOf('other', FIRST_QUESTION + 100 * job + place),
      remote_id: `question-${kind}`,
      title: hidden(integration, 'Screening question'),
      description: hidden(integration, 'Asked of every candidate'),
      format: formats[kind] ?? null,
      category: [null, 'EEO', 'DEMOGRAPHIC'][place] ?? null,
      index: place,
      required: place === 0,
      precondition_question_id: null,
      precondition_options: null,
    };
  });
}
