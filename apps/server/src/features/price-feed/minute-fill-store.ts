/** All SQL of the minutes and hours that providers gave. */
import type { Bar } from '@holdfast/engine/bars';
import { formatDay, parseDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import { saveBars } from './price-feed-store.ts';

export interface MinuteSeries {
  readonly key: number;
  readonly source: string;
  readonly interval: '1m' | '1h';
}

/** When the source was last asked about each day in [from, to]; days that it was never asked about are not in it. */
export async function loadAskedDays(
  db: Db,
  { key, source, interval, from, to }: MinuteSeries & { readonly from: Day; readonly to: Day },
): Promise<ReadonlyMap<Day, number>> {
  const { rows } = await sql<{ day: string; asked_at: Date }>`
    select to_char(day, 'YYYY-MM-DD') as day, asked_at from minute_fills
    where instrument_key = ${key} and source = ${source} and interval = ${interval}
      and day between ${formatDay(from)}::date and ${formatDay(to)}::date`.execute(db);
  return new Map(rows.map(({ day, asked_at }) => [parseDay(day) ?? 0, asked_at.getTime()]));
}

/** Keeps bars and which days they are of. What is there already is replaced, so that the same answer twice changes nothing. */
export async function saveMinutes(
  db: Db,
  { bars, days, at, ...series }: MinuteSeries & { readonly bars: readonly Bar[]; readonly days: readonly Day[]; readonly at: number },
): Promise<void> {
  await saveBars(db, { ...series, bars });
  await sql`
    insert into minute_fills (instrument_key, source, interval, day, asked_at)
    select ${series.key}, ${series.source}, ${series.interval}, day, ${new Date(at)} from unnest(${days.map(formatDay)}::date[]) as given (day)
    on conflict (instrument_key, source, interval, day) do update set asked_at = excluded.asked_at`.execute(db);
}
