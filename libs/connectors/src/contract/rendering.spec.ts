import { resultLabel, resultText } from './rendering.js';

const CONTENT = {
  completedAt: '2026-11-22T10:00:00.000Z',
  roleFit: 82,
  matchPercent: 64,
  scores: [
    { name: 'logic', label: 'Logic', value: 7, min: 1, max: 10 },
    { name: 'coding', label: 'Coding', value: 3.4567, min: 0, max: 5 },
  ],
  summary: 'Works well with numbers',
  reportUrl: 'https://reports.alva.example/r/1',
};

describe('a result as a text', () => {
  it('has a line for each score, the most important first, and the link last', () => {
    expect(resultText(CONTENT, 'a1b2c3.1')).toBe(
      [
        'Alva assessment',
        'Role fit: 82 of 99',
        'Match: 64 of 100',
        'Logic: 7 of 10',
        'Coding: 3.46 of 5',
        'Works well with numbers',
        'Completed 2026-11-22 (a1b2c3.1)',
        'https://reports.alva.example/r/1',
      ].join('\n'),
    );
  });

  it('has no line for what there is none of', () => {
    const bare = { ...CONTENT, roleFit: null, matchPercent: null, scores: [], summary: null };
    expect(resultText(bare, 'm.1').split('\n')).toEqual(['Alva assessment', 'Completed 2026-11-22 (m.1)', CONTENT.reportUrl]);
    expect(resultLabel(bare)).toBe('Alva assessment');
  });

  it('has a label of the first three scores, where it is a link', () => {
    expect(resultLabel(CONTENT)).toBe('Alva assessment – Role fit: 82 of 99, Match: 64 of 100, Logic: 7 of 10');
  });
});
