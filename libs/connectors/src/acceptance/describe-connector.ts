import type { SourceConnector } from '../contract/connector.js';
import { describeFuzz } from './describe-fuzz.js';
import type { Particulars, Subject } from './law.js';
import { LAWS } from './laws.js';
import { Source } from './source.js';

/**
 * Holds a connector to every law, over real HTTP against its vendor's stand-in. A law that cannot hold is skipped by name, with a reason and a
 * link; a law that is about something that the vendor does not have is idle, and says so. Prints one line: which laws were held.
 */
export function describeConnector(connector: SourceConnector, particulars: Particulars): void {
  const { skipped = new Map() } = particulars;
  const outcome = { held: 0, idle: 0 };
  describe(`${connector.manifest.name} holds every law`, () => {
    let subject: Subject;
    beforeAll(async () => {
      subject = { source: await Source.start(connector, particulars.sizes), particulars };
    });
    beforeEach(() => subject.source.reset());
    afterAll(async () => {
      await subject.source.close();
      const reasons = [...skipped].map(([name, { reason, link }]) => `${name} (${reason}: ${link})`);
      process.stdout.write(
        `${connector.manifest.slug}: ${outcome.held} of ${LAWS.length} laws held, ${outcome.idle} idle, ${skipped.size} skipped${reasons.map((reason) => `; ${reason}`).join('')}\n`,
      );
    });

    it('skips no law that there is not', () => {
      expect([...skipped.keys()].filter((name) => !LAWS.some((law) => law.name === name))).toEqual([]);
    });

    for (const law of LAWS.filter(({ name }) => !skipped.has(name))) {
      it(law.name, async () => {
        const reason = law.idle?.(subject) ?? null;
        if (reason === null) await law.hold(subject);
        outcome[reason === null ? 'held' : 'idle'] += 1;
      });
    }
  });
  describeFuzz(connector);
}
