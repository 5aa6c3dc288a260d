import { NO_PROGRESS } from '#libs/store';
import { addPage } from './progress.js';

const PAGE = {
  read: 7,
  written: { created: 1, changed: 2, unchanged: 3 },
  setAside: 1,
  dropped: new Map([
    ['salary', 2],
    ['*', 1],
  ]),
};

test('each page adds to every count', () => {
  const once = addPage(NO_PROGRESS, PAGE);
  expect(once).toEqual({
    pages: 1,
    read: 7,
    created: 1,
    changed: 2,
    unchanged: 3,
    deleted: 0,
    heldDeletions: 0,
    setAside: 1,
    unavailable: [],
    droppedFields: { salary: 2, '*': 1 },
  });
  expect(addPage(once, { ...PAGE, dropped: new Map([['salary', 1]]) })).toEqual({
    pages: 2,
    read: 14,
    created: 2,
    changed: 4,
    unchanged: 6,
    deleted: 0,
    heldDeletions: 0,
    setAside: 2,
    unavailable: [],
    droppedFields: { salary: 3, '*': 1 },
  });
});

test('beyond 300 names the rest counts as *, and no count is lost', () => {
  const many = new Map(Array.from({ length: 400 }, (_, n) => [`field${n}`, 1]));
  const { droppedFields } = addPage(addPage(NO_PROGRESS, { ...PAGE, dropped: many }), { ...PAGE, dropped: many });
  expect(Object.keys(droppedFields)).toHaveLength(301);
  expect(droppedFields['field0']).toBe(2);
  expect(droppedFields['*']).toBe(200);
});

test('a field is counted by its name whatever it is', () => {
  const { droppedFields } = addPage(NO_PROGRESS, {
    ...PAGE,
    dropped: new Map([
      ['constructor', 1],
      ['__proto__', 2],
    ]),
  });
  expect(Object.entries(droppedFields)).toEqual([
    ['constructor', 1],
    ['__proto__', 2],
  ]);
});
