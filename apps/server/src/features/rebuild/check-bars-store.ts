/** The SQL that works out bars from ticks again, a day of an instrument at a time, and finds what is stored otherwise. */
import type pg from 'pg';
import { LEFT_OUT_OF_BARS } from '../ticks/index.ts';

export interface TickDay {
  readonly instrument_key: number;
  readonly symbol: string;
  /** YYYY-MM-DD, by the clock of the exchange. */
  readonly day: string;
}

export interface OddFigure {
  readonly what: string;
  readonly stored: string;
  readonly rebuilt: string;
}

/** A page of the days with ticks, by instrument and day. */
export async function listTickDays(pool: pg.Pool, after: TickDay | null, limit: number): Promise<readonly TickDay[]> {
  const { rows } = await pool.query<TickDay>(
    `select d.instrument_key, i.symbol || coalesce('.' || i.exchange, '') as symbol, d.day::text as day
     from tick_days d join instruments i on i.key = d.instrument_key
     where $1::integer is null or (d.instrument_key, d.day) > ($1, $2::date)
     order by d.instrument_key, d.day limit $3`,
    [after?.instrument_key ?? null, after?.day ?? null, limit],
  );
  return rows;
}

/** Where the ticks that are kept begin; the days before have their bars alone. Null where there are none. */
export async function ticksBeginAt(pool: pg.Pool): Promise<Date | null> {
  const { rows } = await pool.query<{ at: Date | null }>(
    `select min(substring(pg_get_expr(p.relpartbound, p.oid) from 'FROM \\(''([^'']+)''\\)')::timestamptz) as at
     from pg_inherits i join pg_class p on p.oid = i.inhrelid where i.inhparent = 'ticks'::regclass`,
  );
  return rows[0]?.at ?? null;
}

/** What is stored otherwise than the ticks of the day give: its count, and its bars of a minute, an hour and the day. */
export async function findOddFigures(client: pg.PoolClient, { instrument_key, day }: TickDay, from: Date): Promise<readonly OddFigure[]> {
  return (await client.query<OddFigure>(ODD_FIGURES, [instrument_key, day, from])).rows;
}

/**
 * Straight from the ticks, each interval by itself, where the loads add up minutes. What begins before the ticks that are kept cannot be
 * worked out any more.
 */
const ODD_FIGURES = `
with known as (
  select instrument_key, tick_count, day::timestamp at time zone zone as start_at, (day + 1)::timestamp at time zone zone as end_at, zone
  from tick_days where instrument_key = $1 and day = $2::date
), own as materialized (
  select t.at, t.number, t.last, greatest(coalesce(t.last_size, 0), 0) as size, t.flags & ${LEFT_OUT_OF_BARS} = 0 as moves, k.zone, k.start_at
  from known k join ticks t on t.instrument_key = k.instrument_key and t.at >= k.start_at and t.at < k.end_at
), rebuilt as (
  select interval, starts_at, (array_agg(last order by at, number))[1] as open, max(last) as high, min(last) as low,
    (array_agg(last order by at desc, number desc))[1] as close, sum(size) as volume
  from own cross join lateral (values
    ('1m', date_trunc('minute', at)), ('1h', date_trunc('hour', at, zone)), ('1d', start_at)) as part (interval, starts_at)
  where moves group by 1, 2
), stored as (
  select b.interval, b.at as starts_at, b.open, b.high, b.low, b.close, b.volume
  from known k join bars b on b.instrument_key = k.instrument_key and b.source = 'import' and b.at >= k.start_at and b.at < k.end_at
), figures as (
  select 'bar ' || interval || ' ' || to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as what, starts_at,
    s.interval is not null as is_stored, r.interval is not null as is_rebuilt,
    array[s.open, s.high, s.low, s.close, s.volume] as of_stored, array[r.open, r.high, r.low, r.close, r.volume] as of_rebuilt
  from rebuilt r full join stored s using (interval, starts_at)
  union all
  select 'ticks', start_at, true, true, array[tick_count::numeric], array[(select count(*) from own)::numeric] from known
)
select what, case when is_stored then array_to_string(array(select trim_scale(one) from unnest(of_stored) one), ' ') else 'nothing' end as stored,
  case when is_rebuilt then array_to_string(array(select trim_scale(one) from unnest(of_rebuilt) one), ' ') else 'nothing' end as rebuilt
from figures where starts_at >= $3 and of_stored is distinct from of_rebuilt order by what`;
