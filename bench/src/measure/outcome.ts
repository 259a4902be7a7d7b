import { loadavg } from 'node:os';
import type { Compared } from './alternate.ts';
import type { Figure } from './figure.ts';

/** What a row of the table is held against. `atLeast` counts ratios, `atMost` seconds or bytes. */
export interface Goal {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One line of the results. */
export interface Outcome {
  /** P1 … P14, as docs/operations/benchmarks.md names them. */
  readonly row: string;
  readonly title: string;
  /** What the figures count: "orders/s", "s", "MB". */
  readonly unit: string;
  readonly subject: Figure;
  /** Null where the goal is absolute. */
  readonly yardstick: Figure | null;
  /** What the goal is held against: subject / yardstick, or the subject itself. */
  readonly judged: Figure;
  readonly goal: Goal;
  /** By the median. */
  readonly reached: boolean;
  /** The load average of the last minute, the median over the rounds. Above the number of processors others were at work too. */
  readonly load: number;
  /** What else was seen: checks that held, latencies. Sentences. */
  readonly notes: readonly string[];
}

type Named = Pick<Outcome, 'row' | 'title' | 'unit' | 'goal'> & { readonly notes?: readonly string[] };

export function comparedOutcome({ notes = [], ...named }: Named, compared: Compared): Outcome {
  const { subject, yardstick, ratio, load } = compared;
  return { ...named, subject, yardstick, judged: ratio, reached: reaches(ratio.median, named.goal), load: load.median, notes };
}

export function absoluteOutcome({ notes = [], ...named }: Named, subject: Figure): Outcome {
  const reached = reaches(subject.median, named.goal);
  return { ...named, subject, yardstick: null, judged: subject, reached, load: loadavg()[0] ?? 0, notes };
}

export function reaches(value: number, { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }: Goal): boolean {
  return value >= atLeast && value <= atMost;
}
