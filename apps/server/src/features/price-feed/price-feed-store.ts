/** All SQL of filling the past. */
import { formatDecimal } from '@holdfast/engine/money';
import type { Bar } from '@holdfast/engine/bars';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';

export interface HistoryFill {
  readonly key: number;
  readonly source: string;
  /** YYYY-MM-DD, or null when nothing came yet. */
  readonly filledTo: string | null;
  readonly triedAt: number;
  readonly actionsTriedAt: number | null;
}

export async function loadFills(db: Db): Promise<ReadonlyMap<number, HistoryFill>> {
  const { rows } = await sql<{ key: number; source: string; filled_to: string | null; tried_at: Date; actions_tried_at: Date | null }>`
    select instrument_key as key, source, to_char(filled_to, 'YYYY-MM-DD') as filled_to, tried_at, actions_tried_at from history_fills`.execute(
    db,
  );
  return new Map(
    rows.map((row) => [
      row.key,
      {
        key: row.key,
        source: row.source,
        filledTo: row.filled_to,
        triedAt: row.tried_at.getTime(),
        actionsTriedAt: row.actions_tried_at?.getTime() ?? null,
      },
    ]),
  );
}

export interface DailyFill {
  readonly key: number;
  readonly source: string;
  readonly bars: readonly Bar[];
  /** The days that are filled now, YYYY-MM-DD; null leaves them as they are. */
  readonly filled: { readonly from: string; readonly to: string } | null;
  readonly at: number;
}

export interface BarsToKeep {
  readonly key: number;
  readonly source: string;
  readonly interval: '1m' | '1h' | '1d';
  readonly bars: readonly Bar[];
}

/** Keeps bars; one that is there is replaced by what its source says now, so that the same answer twice changes nothing. */
export async function saveBars(db: Db, { key, source, interval, bars }: BarsToKeep): Promise<void> {
  const rows = bars.map((bar) => ({
    at: new Date(bar.startAt).toISOString(),
    open: formatDecimal(bar.open),
    high: formatDecimal(bar.high),
    low: formatDecimal(bar.low),
    close: formatDecimal(bar.close),
    volume: formatDecimal(bar.volume),
  }));
  await sql`
    insert into bars (instrument_key, interval, at, open, high, low, close, volume, source)
    select ${key}::integer, ${interval}::text, at, open, high, low, close, volume, ${source}::text
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (at timestamptz, open numeric, high numeric, low numeric, close numeric,
      volume numeric)
    on conflict (instrument_key, interval, source, at) do update set (open, high, low, close, volume) =
      (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)`.execute(db);
}

/** Keeps days, and up to where they are filled. */
export async function saveDailyBars(db: Db, { key, source, bars, filled, at }: DailyFill): Promise<void> {
  await saveBars(db, { key, source, interval: '1d', bars });
  await sql`
    insert into history_fills as kept (instrument_key, source, filled_from, filled_to, tried_at)
    values (${key}, ${source}, ${filled?.from ?? null}::date, ${filled?.to ?? null}::date, ${new Date(at)})
    on conflict (instrument_key) do update set source = excluded.source, tried_at = excluded.tried_at,
      filled_from = case when kept.source = excluded.source then least(kept.filled_from, excluded.filled_from) else excluded.filled_from end,
      filled_to = case when kept.source = excluded.source then greatest(kept.filled_to, excluded.filled_to) else excluded.filled_to end`.execute(
    db,
  );
}

export async function noteActionsTried(db: Db, key: number, at: number): Promise<void> {
  await sql`update history_fills set actions_tried_at = ${new Date(at)} where instrument_key = ${key}`.execute(db);
}
