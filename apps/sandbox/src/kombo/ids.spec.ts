import fc from 'fast-check';
import { ID_PATTERN, IdMaker } from './ids.js';

describe('ids', () => {
  const ids = new IdMaker('sandbox:111111111111111111111111');

  it('have the documented form and lead back to the number', () => {
    fc.assert(
      fc.property(fc.constantFrom('user', 'job', 'application', 'stage'), fc.nat(20_000_000), (space, number) => {
        const id = ids.idOf(space, number);
        expect(id).toMatch(ID_PATTERN);
        expect(ids.numberOf(space, id)).toBe(number);
      }),
    );
  });

  it('are those of one integration only', () => {
    const others = new IdMaker('sandbox:222222222222222222222222');
    fc.assert(fc.property(fc.nat(1_000_000), (number) => others.numberOf('job', ids.idOf('job', number)) === undefined));
  });

  it('are the same for a user and a candidate of the same number, as Kombo allows across models', () => {
    expect(ids.idOf('user', 3)).toBe(ids.idOf('candidate', 3));
    expect(ids.idOf('user', 3)).not.toBe(ids.idOf('job', 3));
  });

  it.each(['', '0', 'not an id', '222k7eCGyUdgt2JWZDNnkDs3', '1'.repeat(24)])('do not lead anywhere from %p', (id) => {
    expect(ids.numberOf('job', id)).toBeUndefined();
  });
});
