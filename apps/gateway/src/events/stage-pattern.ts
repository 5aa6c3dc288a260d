/** Longest name of a stage that is looked at, in characters. */
const LONGEST = 500;

const folded = (text: string): string => text.normalize('NFC').toLowerCase();

/**
 * Whether a name of a stage fits a pattern, in which `*` stands for any characters and all others for themselves, in either letter case. It takes at most
 * as many steps as the lengths multiplied: no pattern makes it slow.
 */
export function fitsStagePattern(pattern: string, name: string): boolean {
  const [wanted, given] = [[...folded(pattern)], [...folded(name)].slice(0, LONGEST)];
  let [at, from] = [0, 0];
  // Where the last star stands, and from where of the name it might stand for more.
  let [star, resume] = [-1, 0];
  while (from < given.length) {
    if (wanted[at] === '*') [star, resume, at] = [at, from, at + 1];
    else if (wanted[at] === given[from]) [at, from] = [at + 1, from + 1];
    else if (star === -1) return false;
    else [resume, at, from] = [resume + 1, star + 1, resume + 1];
  }
  return wanted.slice(at).every((each) => each === '*');
}
