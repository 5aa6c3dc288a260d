import { Screen } from './screen.js';

function shownOn(output: { isTTY?: boolean; columns?: number }, use: (screen: Screen) => void): string {
  const written: string[] = [];
  use(new Screen({ ...output, write: (text: string) => written.push(text) }));
  return written.join('');
}

const UP_2 = '\u001b[2A';

test('on a terminal lines that move take the place of those before, cut to its width', () => {
  const shown = shownOn({ isTTY: true, columns: 4 }, (screen) => {
    screen.move(['one', 'two']);
    screen.move(['three', 'four']);
  });
  expect(shown.split(UP_2)).toEqual(['\u001b[2Kone\n\u001b[2Ktwo\n', '\u001b[2Kthre\n\u001b[2Kfour\n']);
});

test('what is said afterwards is not overwritten', () => {
  const shown = shownOn({ isTTY: true }, (screen) => {
    screen.move(['a', 'b']);
    screen.settle(['a', 'b']);
    screen.say('c');
    screen.move(['d']);
  });
  expect(shown.endsWith('c\n\u001b[2Kd\n')).toBe(true);
});

test('in a file lines that move are not repeated at once, and their last state always stands', () => {
  const shown = shownOn({}, (screen) => {
    for (const share of ['1 %', '2 %', '3 %']) screen.move([share]);
    screen.settle(['100 %']);
  });
  expect(shown).toBe('1 %\n100 %\n');
});
