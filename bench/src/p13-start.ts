/**
 * P13: from the start of the process to its first answered request, on an empty folder (PostgreSQL's cluster is made, the schema created)
 * and on the same folder a second time.
 *
 * Asked every few milliseconds until /health/ready answers 200, which it does once everything is open. The files of the program are in the
 * machine's cache from the first round on.
 * Not included: npm, and what `npm start` does before it becomes the server (looking whether everything is installed and built).
 */
import { figureOf } from './measure/figure.ts';
import { absoluteOutcome } from './measure/outcome.ts';
import type { Bench } from './measure/settings.ts';
import { serverFolder } from './subject/server.ts';

export const coldStart: Bench = async ({ rounds }) => {
  const seconds = { first: [] as number[], second: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const folder = serverFolder();
    try {
      for (const which of ['first', 'second'] as const) {
        const startedAt = performance.now();
        const server = await folder.start();
        seconds[which].push((performance.now() - startedAt) / 1_000);
        await server.stop();
      }
    } finally {
      await folder.remove();
    }
  }
  const outcome = (title: string, runs: readonly number[], atMost: number) =>
    absoluteOutcome({ row: 'P13', title, unit: 's', goal: { atMost } }, figureOf(runs));
  return [outcome('Second start', seconds.second, 1.5), outcome('First start, database created', seconds.first, 5)];
};
