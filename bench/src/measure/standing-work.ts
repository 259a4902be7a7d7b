import { loadavg } from 'node:os';
import { figureOf } from './figure.ts';
import { reaches } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** Something that stands in memory and looks at ticks; answers how many answers it gave. */
export type Look = () => number;

export interface StandingWork {
  readonly row: string;
  readonly title: string;
  readonly ticks: number;
  readonly rounds: number;
  /** With everything standing, with a hundredth of it, and the slow way over everything. Each is made anew for every round. */
  readonly open: { readonly many: () => Look; readonly few: () => Look; readonly scan: () => Look };
  /** Of the ticks, what the slow way is measured over. */
  readonly scanShare: number;
}

const TICKS_A_SECOND = 300_000;
const MOST_TIMES = 2;

/** How many ticks a second are looked at, beside a scan, and how much longer a tick takes for a hundred times as many. */
export function measureStanding({ row, title, ticks, rounds, open, scanShare }: StandingWork): readonly Outcome[] {
  const speeds = { many: [] as number[], few: [] as number[], scan: [] as number[], times: [] as number[] };
  let answers = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const many = time(open.many());
    const few = time(open.few());
    const scan = time(open.scan());
    answers = many.answers;
    if (round === 0) continue;
    speeds.many.push(ticks / many.seconds);
    speeds.few.push(ticks / few.seconds);
    speeds.scan.push((ticks * scanShare) / scan.seconds);
    speeds.times.push(many.seconds / few.seconds);
  }
  const [many, scan, times] = [figureOf(speeds.many), figureOf(speeds.scan), figureOf(speeds.times)];
  const common = { row, load: loadavg()[0] ?? 0 };
  return [
    {
      ...common,
      title,
      unit: 'ticks/s',
      subject: many,
      yardstick: scan,
      judged: many,
      goal: { atLeast: TICKS_A_SECOND },
      reached: reaches(many.median, { atLeast: TICKS_A_SECOND }),
      notes: [`${answers.toLocaleString('en-US')} answers to ${ticks.toLocaleString('en-US')} ticks.`],
    },
    {
      ...common,
      title: `${title}: time per tick for 100 times as many`,
      unit: 'ticks/s',
      subject: many,
      yardstick: figureOf(speeds.few),
      judged: times,
      goal: { atMost: MOST_TIMES },
      reached: reaches(times.median, { atMost: MOST_TIMES }),
      notes: [],
    },
  ];
}

function time(look: Look): { readonly seconds: number; readonly answers: number } {
  const startedAt = performance.now();
  const answers = look();
  return { seconds: (performance.now() - startedAt) / 1_000, answers };
}
