import { loadavg } from 'node:os';
import { figureOf } from './figure.ts';
import type { Figure } from './figure.ts';

/** One run of something; answers its speed, in what the row counts (requests a second, rows a second). */
export type Run = (round: number) => Promise<number>;

export interface Compared {
  readonly subject: Figure;
  readonly yardstick: Figure;
  /** Of each round, subject / yardstick: what the machine did meanwhile met both. */
  readonly ratio: Figure;
  /** The load average of the last minute, as each round ended. */
  readonly load: Figure;
}

/**
 * Runs subject and yardstick in turn, and which goes first changes with each round. The first round warms both up and counts nothing.
 */
export async function alternate(
  rounds: number,
  { subject, yardstick }: { readonly subject: Run; readonly yardstick: Run },
): Promise<Compared> {
  const speeds = { subject: [] as number[], yardstick: [] as number[], ratio: [] as number[], load: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    let ours: number;
    let theirs: number;
    if (round % 2 === 0) {
      ours = await subject(round);
      theirs = await yardstick(round);
    } else {
      theirs = await yardstick(round);
      ours = await subject(round);
    }
    if (round === 0) continue;
    speeds.subject.push(ours);
    speeds.yardstick.push(theirs);
    speeds.ratio.push(ours / theirs);
    speeds.load.push(loadavg()[0] ?? 0);
  }
  return {
    subject: figureOf(speeds.subject),
    yardstick: figureOf(speeds.yardstick),
    ratio: figureOf(speeds.ratio),
    load: figureOf(speeds.load),
  };
}
