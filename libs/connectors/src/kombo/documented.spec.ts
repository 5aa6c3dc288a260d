import { RESOURCES } from '#libs/model';
import { countDropped } from '../contract/dropped.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';
import { recordOf } from './fixtures.for-spec.js';

function dropped(resource: (typeof RESOURCES)[number], changes: object = {}): Record<string, number> {
  const counts = new Map<string, number>();
  countDropped({ ...recordOf(resource), ...changes }, TAKEN[resource], LEFT_BEHIND[resource], counts);
  return Object.fromEntries(counts);
}

describe('dropped fields', () => {
  it('are counted by their documented names, those of parts with their path', () => {
    expect(dropped('job')).toMatchObject({
      salary_amount: 1,
      description: 1,
      custom_fields: 1,
      'location.street_1': 1,
      'stages.status': 2,
      'hiring_team.email': 1,
    });
    expect(dropped('candidate')).toMatchObject({ phone_numbers: 1, tags: 1, location: 1, 'email_addresses.type': 2 });
  });

  it.each(RESOURCES)('of the documented shape are all known by name (%s)', (resource) => {
    expect(dropped(resource)).not.toHaveProperty('*');
  });

  it('of an unknown name count as *, never as themselves', () => {
    const unknown = JSON.parse('{"personnummer 19900101-1234": 1, "__proto__": {"a": 1}, "constructor": 1}') as object;
    expect(dropped('candidate', unknown)).toMatchObject({ '*': 3 });
    expect(Object.keys(dropped('candidate', unknown)).join()).not.toContain('1990');
  });

  it('that are null or empty are not there', () => {
    expect(dropped('candidate', { phone_numbers: [], tags: null })).not.toHaveProperty('phone_numbers');
    expect(dropped('candidate', { tags: null })).not.toHaveProperty('tags');
  });
});
