import { greenhouse } from '../greenhouse/index.js';
import { BROKEN } from './broken.js';
import { LAWS } from './laws.js';
import type { Particulars } from './law.js';
import { Source } from './source.js';

const particulars: Particulars = {
  sizes: { candidates: 560, jobs: 60, users: 510 },
  resultSettings: { note: { noteUserId: '4000001' } },
  sparse: true,
};

let source: Source;
beforeAll(async () => {
  source = await Source.start(greenhouse, particulars.sizes);
});
beforeEach(() => source.reset());
afterAll(() => source.close());

describe('every law', () => {
  it('has a connector that breaks it', () => {
    expect([...BROKEN.keys()]).toEqual(LAWS.map(({ name }) => name));
  });

  it.each(LAWS.map((law) => [law.name, law] as const))('catches the connector that breaks it: %s', async (name, law) => {
    const broken = BROKEN.get(name)?.(greenhouse) ?? greenhouse;
    await expect(law.hold({ source: source.by(broken), particulars })).rejects.toThrow();
  });

  it('is held by the same connector unbroken, after all of that', async () => {
    for (const law of LAWS) {
      await source.reset();
      await law.hold({ source, particulars });
    }
  });
});
