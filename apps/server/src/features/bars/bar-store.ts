/** All SQL of bars and of stored ticks. */
import type { Bar, Interval } from '@holdfast/engine/bars';
import { decimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';

/** The intervals that are stored; the others are put together from the next smaller one. */
export type StoredInterval = Extract<Interval, '1m' | '1h' | '1d'>;

export interface BarsAsked {
  readonly instrumentKey: number;
  /** Prices of two sources never mix in a series. */
  readonly source: string;
  /** Bars that start in [fromMs, toMs). */
  readonly fromMs: number;
  readonly toMs: number;
  readonly limit: number;
}

interface BarRow {
  readonly at: Date;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
}

export async function loadBars(db: Db, interval: StoredInterval, asked: BarsAsked): Promise<readonly Bar[]> {
  const rows = await db
    .selectFrom('bars')
    .select(['at', 'open', 'high', 'low', 'close', 'volume'])
    .where('instrument_key', '=', asked.instrumentKey)
    .where('interval', '=', interval)
    .where('source', '=', asked.source)
    .where('at', '>=', new Date(asked.fromMs))
    .where('at', '<', new Date(asked.toMs))
    .orderBy('at')
    .limit(asked.limit)
    .execute();
  return rows.map(barOf);
}

/** Only what a line through the years needs: a close is read as a number, since statistics are made of it. */
export async function loadDailyCloses(db: Db, asked: BarsAsked): Promise<readonly { readonly startAt: number; readonly close: number }[]> {
  const { rows } = await sql<{ at: Date; close: number }>`
    select at, close::double precision as close from bars
    where instrument_key = ${asked.instrumentKey} and interval = '1d' and source = ${asked.source}
      and at >= ${new Date(asked.fromMs)} and at < ${new Date(asked.toMs)}
    order by at
    limit ${asked.limit}`.execute(db);
  return rows.map(({ at, close }) => ({ startAt: at.getTime(), close }));
}

/** The last closes before an instant, newest first. */
export async function loadLastCloses(
  db: Db,
  asked: Pick<BarsAsked, 'instrumentKey' | 'source' | 'toMs' | 'limit'>,
): Promise<readonly { readonly startAt: number; readonly close: Decimal }[]> {
  const rows = await db
    .selectFrom('bars')
    .select(['at', 'close'])
    .where('instrument_key', '=', asked.instrumentKey)
    .where('interval', '=', '1d')
    .where('source', '=', asked.source)
    .where('at', '<', new Date(asked.toMs))
    .orderBy('at', 'desc')
    .limit(asked.limit)
    .execute();
  return rows.map(({ at, close }) => ({ startAt: at.getTime(), close: decimal(close) }));
}

/** Minutes put together into stretches of 5 or 15, which begin alike by the clock of every zone. The range begins with a stretch. */
export async function loadMinutesBy(db: Db, minutes: 5 | 15, asked: BarsAsked): Promise<readonly Bar[]> {
  const { rows } = await sql<BarRow>`
    select date_bin(${`${minutes} minutes`}::interval, at, to_timestamp(0)) as at, (array_agg(open order by at))[1] as open, max(high) as high,
      min(low) as low, (array_agg(close order by at desc))[1] as close, sum(volume) as volume
    from bars
    where instrument_key = ${asked.instrumentKey} and interval = '1m' and source = ${asked.source}
      and at >= ${new Date(asked.fromMs)} and at < ${new Date(asked.toMs)}
    group by 1
    order by 1
    limit ${asked.limit}`.execute(db);
  return rows.map(barOf);
}

/** The zone whose clock cuts the days of an instrument's newest stored ticks, or null when it has none. */
export async function findStoredZone(db: Db, instrumentKey: number): Promise<string | null> {
  const row = await db
    .selectFrom('tick_days')
    .select('zone')
    .where('instrument_key', '=', instrumentKey)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.zone ?? null;
}

/** When the newest stored tick was made, epoch milliseconds. */
export async function findNewestTickAt(db: Db, instrumentKey: number): Promise<number | null> {
  const row = await db
    .selectFrom('tick_days')
    .select('last_at')
    .where('instrument_key', '=', instrumentKey)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.last_at.getTime() ?? null;
}

/** Where a page of ticks ended: microseconds since 1970 and the number, as text, since both may pass 2^53 one day. */
export interface TickPlace {
  readonly micros: string;
  readonly number: string;
}

export interface TickRow {
  readonly micros: string;
  readonly at: number;
  readonly number: number;
  readonly last: Decimal;
  readonly bid: Decimal | null;
  readonly bidSize: Decimal | null;
  readonly ask: Decimal | null;
  readonly askSize: Decimal | null;
  readonly lastSize: Decimal | null;
  readonly openInterest: Decimal | null;
}

/** Stored ticks in the order of time and file. */
export async function loadTicks(db: Db, asked: Omit<BarsAsked, 'source'>, after: TickPlace | null): Promise<readonly TickRow[]> {
  const from = sql<Date>`to_timestamp(${asked.fromMs}::double precision / 1000)`;
  const to = sql<Date>`to_timestamp(${asked.toMs}::double precision / 1000)`;
  let query = db
    .selectFrom('ticks')
    .select(['at', 'number', 'last', 'bid', 'bid_size', 'ask', 'ask_size', 'last_size', 'open_interest'])
    .select(sql<string>`(extract(epoch from at) * 1000000)::bigint::text`.as('micros'))
    .where('instrument_key', '=', asked.instrumentKey)
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .orderBy('number')
    .limit(asked.limit);
  if (after !== null) {
    const at = sql<Date>`timestamptz 'epoch' + ${after.micros}::bigint * interval '1 microsecond'`;
    // The first condition is implied; it lets the partitions before the page be skipped.
    query = query.where('at', '>=', at).where(sql<boolean>`(at, number) > (${at}, ${after.number}::bigint)`);
  }
  return (await query.execute()).map((row) => ({
    micros: row.micros,
    at: row.at.getTime(),
    number: row.number,
    last: decimal(row.last),
    bid: exact(row.bid),
    bidSize: exact(row.bid_size),
    ask: exact(row.ask),
    askSize: exact(row.ask_size),
    lastSize: exact(row.last_size),
    openInterest: exact(row.open_interest),
  }));
}

function barOf(row: BarRow): Bar {
  return {
    startAt: row.at.getTime(),
    open: decimal(row.open),
    high: decimal(row.high),
    low: decimal(row.low),
    close: decimal(row.close),
    volume: decimal(row.volume),
  };
}

function exact(value: string | null): Decimal | null {
  return value === null ? null : decimal(value);
}
