import type pg from 'pg';
import { findOddFigures, listTickDays, ticksBeginAt } from './check-bars-store.ts';
import type { TickDay } from './check-bars-store.ts';
import type { BarDifference } from './difference.ts';
import { inSnapshot } from './rebuild-store.ts';

const DAYS_A_TIME = 500;

/** Works out the bars of every day that has ticks anew, tells where what is stored differs, and answers how many days those were. */
export async function auditBars(pool: pg.Pool, onDifference: (difference: BarDifference) => void): Promise<number> {
  const from = await ticksBeginAt(pool);
  if (from === null) return 0;
  let audited = 0;
  for (let after: TickDay | null = null; ;) {
    const days: readonly TickDay[] = await listTickDays(pool, after, DAYS_A_TIME);
    for (const day of days) {
      for (const { what, stored, rebuilt } of await inSnapshot(pool, (client) => findOddFigures(client, day, from)))
        onDifference({ symbol: day.symbol, what: `${day.day}: ${what}`, stored, rebuilt });
      audited += 1;
    }
    const last = days.at(-1);
    if (last === undefined) return audited;
    after = last;
  }
}
