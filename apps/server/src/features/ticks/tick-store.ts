/** All SQL that reads ticks and their days. */
import type { Day } from '@holdfast/engine/time';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';

/** One stored tick. Figures are the database's text of a decimal; null is what the file did not say. */
export interface StoredTick {
  readonly importKey: number;
  /** Within its import. */
  readonly row: number;
  /** Microseconds since 1970. */
  readonly micros: number;
  readonly last: string;
  readonly bid: string | null;
  readonly bidSize: string | null;
  readonly ask: string | null;
  readonly askSize: string | null;
  readonly lastSize: string | null;
  readonly openInterest: string | null;
}

export interface TickRange {
  readonly instrumentKey: number;
  /** Ticks in [fromMs, toMs), epoch milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** In the order of time and file. `offset` is meant to be small: whoever skips much begins with a later day. */
export async function readTicks(
  db: Db,
  { instrumentKey, fromMs, toMs }: TickRange,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<readonly StoredTick[]> {
  const { rows } = await sql<StoredTick>`
    select import_key as "importKey", (number & 4294967295)::bigint as row, (extract(epoch from at) * 1000000)::bigint as micros,
      last::text, bid::text, bid_size::text as "bidSize", ask::text, ask_size::text as "askSize", last_size::text as "lastSize",
      open_interest::text as "openInterest"
    from ticks
    where instrument_key = ${instrumentKey} and at >= ${new Date(fromMs)} and at < ${new Date(toMs)}
    order by at, number
    limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

export async function countTicks(db: Db, { instrumentKey, fromMs, toMs }: TickRange): Promise<number> {
  const { count } = await db
    .selectFrom('ticks')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('instrument_key', '=', instrumentKey)
    .where('at', '>=', new Date(fromMs))
    .where('at', '<', new Date(toMs))
    .executeTakeFirstOrThrow();
  return count;
}

export interface TickDayRow {
  readonly instrumentKey: number;
  readonly zone: string;
  /** Ascending, with the number of ticks of each. */
  readonly days: readonly Day[];
  readonly counts: readonly number[];
}

/** The days with stored ticks, of all instruments or of some. The zone is that of the newest day. */
export async function readTickDays(db: Db, keys: readonly number[] | 'all'): Promise<readonly TickDayRow[]> {
  const which = keys === 'all' ? sql`` : sql`where instrument_key = any(${[...keys]}::integer[])`;
  const { rows } = await sql<TickDayRow>`
    select instrument_key as "instrumentKey", (array_agg(zone order by day desc))[1] as zone,
      array_agg(day - date '1970-01-01' order by day) as days, array_agg(tick_count::double precision order by day) as counts
    from tick_days ${which}
    group by instrument_key`.execute(db);
  return rows;
}
