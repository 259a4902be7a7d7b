import type { Db } from '../../platform/db/pool.ts';
import type { StoredDays } from './tick-days.ts';
import { countTicks, readTicks } from './tick-store.ts';
import type { StoredTick } from './tick-store.ts';
import type { WallClock } from './wall-clock.ts';

export interface TicksAsked {
  readonly instrumentKey: number;
  readonly stored: StoredDays;
  /** Cuts the stored days. */
  readonly wall: WallClock;
  /** Only ticks from this instant on, epoch milliseconds; null for all. */
  readonly fromMs: number | null;
  readonly skip: number;
  readonly limit: number;
}

export interface TickPage {
  readonly ticks: readonly StoredTick[];
  /** How many there are from `fromMs` on. */
  readonly total: number;
}

const DAY_MS = 86_400_000;

/**
 * A page in the order of time and file. Whole days are counted and skipped by what is known of them, so a page in the middle of
 * millions of ticks costs as much as the first one; only the day in which `fromMs` falls is counted.
 */
export async function pageTicks(db: Db, asked: TicksAsked): Promise<TickPage> {
  const { stored, wall } = asked;
  const startOf = (day: number): number => wall.toInstantMs(day * DAY_MS);
  const runs = await runsOf(db, asked, startOf);
  const total = runs.reduce((sum, { count }) => sum + count, 0);
  if (asked.skip >= total) return { ticks: [], total };
  let before = 0;
  let first = 0;
  for (; first < runs.length; first += 1) {
    const count = runs[first]?.count ?? 0;
    if (before + count > asked.skip) break;
    before += count;
  }
  let held = before;
  let last = first;
  for (; last < runs.length - 1; last += 1) {
    held += runs[last]?.count ?? 0;
    if (held >= asked.skip + asked.limit) break;
  }
  const newest = stored.days.at(-1) ?? 0;
  const range = {
    instrumentKey: asked.instrumentKey,
    fromMs: runs[first]?.fromMs ?? 0,
    toMs: runs[last]?.toMs ?? startOf(newest + 1),
  };
  return { ticks: await readTicks(db, range, { offset: asked.skip - before, limit: asked.limit }), total };
}

interface Run {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

/** The days from `fromMs` on, the first one cut at it. */
async function runsOf(db: Db, { instrumentKey, stored, fromMs }: TicksAsked, startOf: (day: number) => number): Promise<Run[]> {
  const runs: Run[] = [];
  for (const [index, day] of stored.days.entries()) {
    const run = { fromMs: startOf(day), toMs: startOf(day + 1), count: stored.counts[index] ?? 0 };
    if (fromMs === null || run.fromMs >= fromMs) runs.push(run);
    else if (run.toMs > fromMs) {
      const cut = { fromMs, toMs: run.toMs };
      runs.push({ ...cut, count: await countTicks(db, { instrumentKey, ...cut }) });
    }
  }
  return runs;
}
