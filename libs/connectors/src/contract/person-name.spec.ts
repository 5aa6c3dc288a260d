import fc from 'fast-check';
import { splitName } from './person-name.js';

test.each([
  ['Ada Lovelace', 'Ada', 'Lovelace'],
  ['Mary Ann Evans', 'Mary Ann', 'Evans'],
  ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
  ['Ursula von der Leyen', 'Ursula', 'von der Leyen'],
  ['Vincent Willem VAN GOGH', 'Vincent Willem', 'VAN GOGH'],
  ['Juan de la Cruz', 'Juan', 'de la Cruz'],
  ['Van Morrison', 'Van', 'Morrison'],
  ['Lovelace, Ada', 'Ada', 'Lovelace'],
  ['Anna-Karin Öberg', 'Anna-Karin', 'Öberg'],
  ['Seán Ó Briain', 'Seán Ó', 'Briain'],
  ['Мария Ивановна Петрова', 'Мария Ивановна', 'Петрова'],
  ['김 민준', '민준', '김'],
  ['محمد الأحمد', 'محمد', 'الأحمد'],
  ['  Ada \t Lovelace ', 'Ada', 'Lovelace'],
])('%j is %j and %j', (name, firstName, lastName) => {
  expect(splitName(name)).toEqual({ firstName, lastName });
});

test.each([
  ['Cher', 'Cher'],
  ['王小明', '王小明'],
])('a single word is a first name: %j', (name, firstName) => {
  expect(splitName(name)).toEqual({ firstName, lastName: null });
});

test.each([null, '', '   '])('%j is no name', (name) => {
  expect(splitName(name)).toEqual({ firstName: null, lastName: null });
});

test('no letter is lost, whatever the name', () => {
  const letters = (text: string) => [...text.replace(/[\s,]/gu, '')].sort().join('');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      const { firstName, lastName } = splitName(name);
      expect(letters(`${firstName ?? ''}${lastName ?? ''}`)).toBe(letters(name));
    }),
    { numRuns: 5000 },
  );
});
