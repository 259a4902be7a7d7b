/** All SQL of performance: a portfolio's transactions as one text, which costs this thread next to nothing and is read on another. */
import { formatDay } from '@holdfast/engine/time';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';

export interface HistoryAsked {
  readonly portfolioId: string;
  readonly epoch: number;
  readonly timeZone: string;
  readonly baseCurrency: string;
  /** Only what happened on this day or later; everything when left out. */
  readonly since?: number | undefined;
  /** Only what happened before this instant, epoch milliseconds; everything when left out. */
  readonly until?: number | undefined;
}

export interface StoredHistory {
  /** One line per transaction, oldest first, its fields between tabs. */
  readonly text: string;
  readonly count: number;
  /** Days since 1970-01-01 in the portfolio's time zone; null without transactions. */
  readonly firstDay: number | null;
  readonly instrumentKeys: readonly number[];
  readonly currencies: readonly string[];
  /** Days (UTC) on which something happened in another currency than the base. */
  readonly foreignDays: readonly { readonly currency: string; readonly day: number }[];
}

interface Row {
  readonly text: string | null;
  readonly count: number;
  readonly first_day: number | null;
  readonly instrument_keys: readonly number[] | null;
  readonly currencies: readonly string[] | null;
  readonly foreign_days: readonly { readonly currency: string; readonly day: number }[] | null;
}

/** What nobody can have traded is kept for the quality checks and is no part of any figure. */
export async function findHistory(db: Db, asked: HistoryAsked): Promise<StoredHistory> {
  const until = asked.until === undefined ? 'infinity' : new Date(asked.until).toISOString();
  const since = asked.since === undefined ? '-infinity' : formatDay(asked.since);
  const { rows } = await sql<Row>`
    with facts as materialized (
      select t.id, type, traded_at, instrument_key, quantity, amount, currency, fee, tax, counter_amount, counter_currency, new_shares, old_shares,
        new_instrument_key, cost_share, base_cost, acquired_on, base_rate, lots, (t.traded_at at time zone ${asked.timeZone})::date - date '1970-01-01' as day,
        (t.traded_at at time zone 'UTC')::date - date '1970-01-01' as utc_day
      from transactions t
      where t.portfolio_id = ${asked.portfolioId} and t.epoch = ${asked.epoch} and t.superseded_at is null and not t.reversed
        and (t.quantity is null or (t.quantity > 0 and coalesce(t.price, 0) >= 0))
        and t.traded_at >= ${since}::date::timestamp at time zone ${asked.timeZone}
        and t.traded_at < ${until}::timestamptz
    )
    select
      string_agg(concat_ws(E'\t', id, type, day, utc_day, coalesce(instrument_key::text, ''), coalesce(trim_scale(quantity)::text, ''),
        trim_scale(amount), currency, trim_scale(fee), trim_scale(tax),
        coalesce(counter_amount::text, ''), coalesce(counter_currency, ''), coalesce(new_shares::text, ''), coalesce(old_shares::text, ''),
        coalesce(new_instrument_key::text, ''), coalesce(cost_share::text, ''), coalesce(base_cost::text, ''),
        coalesce((acquired_on - date '1970-01-01')::text, ''), coalesce(base_rate::text, ''), coalesce(lots::text, '')), E'\n' order by traded_at, id) as text,
      count(*)::int as count,
      min(day) as first_day,
      (select json_agg(key) from (select instrument_key as key from facts union select new_instrument_key from facts) k where key is not null) as instrument_keys,
      (select json_agg(code) from (select currency collate "C" as code from facts union select counter_currency from facts) c where code is not null) as currencies,
      (select json_agg(json_build_object('currency', currency, 'day', utc_day)) from (
        select distinct currency collate "C" as currency, utc_day from facts where currency <> ${asked.baseCurrency}) f) as foreign_days
    from facts`.execute(db);
  const [row] = rows;
  return {
    text: row?.text ?? '',
    count: row?.count ?? 0,
    firstDay: row?.first_day ?? null,
    instrumentKeys: row?.instrument_keys ?? [],
    currencies: row?.currencies ?? [],
    foreignDays: row?.foreign_days ?? [],
  };
}

/** The day of the portfolio's first transaction, or null. */
export async function findFirstDay(db: Db, asked: HistoryAsked): Promise<number | null> {
  const { rows } = await sql<{ day: number | null }>`
    select (min(traded_at) at time zone ${asked.timeZone})::date - date '1970-01-01' as day from transactions
    where portfolio_id = ${asked.portfolioId} and epoch = ${asked.epoch} and superseded_at is null and not reversed`.execute(db);
  return rows[0]?.day ?? null;
}
