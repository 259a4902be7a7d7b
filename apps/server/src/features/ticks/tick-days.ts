import type { Db } from '../../platform/db/pool.ts';
import { readTickDays } from './tick-store.ts';

/** The days of one instrument that have stored ticks. */
export interface StoredDays {
  /** The zone whose clock cuts them. */
  readonly zone: string;
  /** Days since 1970, ascending. */
  readonly days: Int32Array;
  /** How many ticks each has. */
  readonly counts: Float64Array;
  readonly total: number;
}

/** In memory for all instruments, so that lists and totals neither count rows nor ask the database: twelve bytes a day. */
export interface TickDays {
  of(instrumentKey: number): StoredDays | null;
  /** Rises with every change. */
  readonly version: number;
  /** Reads the days of instruments again. */
  reread(instrumentKeys: readonly number[] | 'all'): Promise<void>;
}

export async function openTickDays(db: Db): Promise<TickDays> {
  const stored = new Map<number, StoredDays>();
  let version = 0;
  const reread = async (keys: readonly number[] | 'all'): Promise<void> => {
    const rows = await readTickDays(db, keys);
    // One that has none any more is in no row.
    if (keys === 'all') stored.clear();
    else for (const key of keys) stored.delete(key);
    for (const row of rows) {
      const counts = Float64Array.from(row.counts);
      const total = counts.reduce((sum, count) => sum + count, 0);
      stored.set(row.instrumentKey, { zone: row.zone, days: Int32Array.from(row.days), counts, total });
    }
    version += 1;
  };
  await reread('all');
  return {
    of: (instrumentKey) => stored.get(instrumentKey) ?? null,
    get version() {
      return version;
    },
    reread,
  };
}
