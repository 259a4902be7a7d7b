/** The SQL of recent closes. */
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';

export interface RecentClosesAsked {
  readonly instruments: readonly { readonly key: number; readonly source: string }[];
  /** Days that start in [fromMs, toMs), epoch milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Daily closes of many instruments by one statement, oldest first, made comparable across splits. A day begins at its exchange's
 * midnight: twelve hours later is the same day of UTC, but for zones more than twelve hours ahead.
 */
export async function loadRecentCloses(
  db: Db,
  { instruments, fromMs, toMs }: RecentClosesAsked,
): Promise<readonly { readonly key: number; readonly startAt: number; readonly close: number }[]> {
  const { rows } = await sql<{ key: number; at: Date; close: number }>`
    select bar.instrument_key as key, bar.at, bar.close::double precision * coalesce((
      select exp(sum(ln((split.old_shares / split.new_shares)::double precision))) from corporate_actions split
      where split.instrument_key = bar.instrument_key and split.kind = 'split'
        and split.ex_on > ((bar.at + interval '12 hours') at time zone 'UTC')::date
        and split.ex_on <= (${new Date(toMs)}::timestamptz at time zone 'UTC')::date), 1) as close
    from unnest(${instruments.map(({ key }) => key)}::integer[], ${instruments.map(({ source }) => source)}::text[]) as asked (key, source)
    join bars bar on bar.instrument_key = asked.key and bar.source = asked.source and bar.interval = '1d'
      and bar.at >= ${new Date(fromMs)} and bar.at < ${new Date(toMs)}
    order by bar.instrument_key, bar.at`.execute(db);
  return rows.map(({ key, at, close }) => ({ key, startAt: at.getTime(), close }));
}
