import { backoffMs } from './outcome.js';

const MINUTE_MS = 60_000;

test('the wait doubles with every failure in a row, up to six hours', () => {
  const minutes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000].map((failures) => backoffMs(failures, 0) / MINUTE_MS);
  expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
});

test('the wait is at least what the source asked for, however long', () => {
  expect(
    [backoffMs(0, 5 * MINUTE_MS), backoffMs(4, 5 * MINUTE_MS), backoffMs(20, 24 * 60 * MINUTE_MS)].map((ms) => ms / MINUTE_MS),
  ).toEqual([5, 16, 1440]);
});
