/**
 * The end of a load, inside its transaction: what was put aside becomes instruments, bars, day counts and latest prices.
 * A day of an instrument that had ticks before is worked out anew from all its ticks, so that two files of one day give the same bars
 * as one file would.
 */
import { LEFT_OUT_OF_BARS, NO_LATEST_PRICE } from '../ticks/index.ts';
import { newId } from '../../platform/ids.ts';
import type { LoadClient } from './load-client-store.ts';
import type { NewListing } from './tick-file/ticker-book.ts';

/** Another writer added an instrument of this file in the meantime: the load is to be done again, with that one's key. */
export class ListingTaken extends Error {
  override readonly name = 'ListingTaken';
}

export interface LoadEnd {
  readonly added: readonly NewListing[];
  /** Whether minutes were put aside more than once. */
  readonly inParts: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Answers the keys of all instruments that have ticks in the load. */
export async function finishLoad(client: LoadClient, { added, inParts, now }: LoadEnd): Promise<readonly number[]> {
  await client.query(TOUCHED);
  await client.query('analyze touched');
  await addInstruments(client, added, now);
  const [again] = await client.query<{ some: boolean }>('select exists (select from touched where recount) as some');
  if (again?.some === true) {
    await client.query(FORGET_STAGED_MINUTES);
    await client.query(RECOUNT_MINUTES);
  }
  if (inParts) await client.query(MERGE_MINUTES);
  for (const interval of ['1m', '1h', '1d'] as const) await client.query(insertBars(interval, inParts ? 'merged' : 'staged_minutes'));
  await client.query(ADD_DAYS);
  await client.query(LATEST_PRICES);
  const rows = await client.query<{ instrument_key: number }>('select distinct instrument_key from touched order by 1');
  const keys = rows.map(({ instrument_key }) => instrument_key);
  await client.query(SWITCH_SOURCE, [keys, added.map(({ key }) => key), new Date(now)]);
  return keys;
}

async function addInstruments(client: LoadClient, added: readonly NewListing[], now: number): Promise<void> {
  if (added.length === 0) return;
  const rows = added.map((listing) => ({ ...listing, id: newId(now) }));
  const made = await client.query<{ wanted: number; made: number }>(ADD_INSTRUMENTS, [JSON.stringify(rows), new Date(now)]);
  if (made[0]?.wanted !== made[0]?.made) throw new ListingTaken('An instrument of the file was added by another writer meanwhile.');
}

/** Each instrument and day of the load once, and whether ticks of it were there before or its prices want the database's arithmetic. */
const TOUCHED = `
create temp table touched on commit drop as
select staged.instrument_key, day, min(zone) as zone, min(start_at) as start_at, max(end_at) as end_at, sum(tick_count)::bigint as tick_count,
  min(staged.first_at) as first_at, max(staged.last_at) as last_at,
  bool_or(inexact) or exists (
    select from tick_days known where known.instrument_key = staged.instrument_key and known.day = date '1970-01-01' + staged.day) as recount
from staged_days staged
group by staged.instrument_key, staged.day`;

/** A ticker whose rows were all rejected becomes no instrument. */
const ADD_INSTRUMENTS = `
with wanted as (
  select * from jsonb_to_recordset($1::jsonb) as listing (id uuid, key integer, symbol text, exchange text, "isPrimary" boolean,
    "assetClass" text, currency text, country text)
  where key in (select instrument_key from touched)
), made as (
  insert into instruments (id, key, symbol, exchange, is_primary, name, asset_class, currency, country, source, created_at, updated_at)
  overriding system value
  select id, key, symbol, exchange, "isPrimary", symbol, "assetClass", currency, country, 'import', $2, $2 from wanted order by key
  on conflict on constraint instruments_name_unique do nothing
  returning key
)
select (select count(*) from wanted)::integer as wanted, (select count(*) from made)::integer as made`;

const FORGET_STAGED_MINUTES = `
delete from staged_minutes staged using touched
where touched.recount and touched.instrument_key = staged.instrument_key and touched.day = staged.day`;

const RECOUNT_MINUTES = `
insert into staged_minutes
select instrument_key, day, minute, prices[1], high, low, prices[cardinality(prices)], volume, 0, 0, 0, 0
from (
  select touched.instrument_key, touched.day, floor(extract(epoch from tick.at) / 60)::integer as minute,
    array_agg(tick.last order by tick.at, tick.number) as prices, max(tick.last) as high, min(tick.last) as low,
    sum(greatest(coalesce(tick.last_size, 0), 0)) as volume
  from touched
  join ticks tick on tick.instrument_key = touched.instrument_key
    and tick.at >= to_timestamp(touched.start_at / 1000000.0) and tick.at < to_timestamp(touched.end_at / 1000000.0)
  where touched.recount and tick.flags & ${LEFT_OUT_OF_BARS} = 0
  group by 1, 2, 3
) minutes`;

/** A minute that was put aside in parts becomes one; where nothing came in parts, the minutes are taken as they are. */
const MERGE_MINUTES = `
create temp table merged on commit drop as
select instrument_key, day, minute, (array_agg(open order by first_at, first_number))[1] as open, max(high) as high, min(low) as low,
  (array_agg(close order by last_at desc, last_number desc))[1] as close, sum(volume) as volume
from staged_minutes
group by instrument_key, day, minute`;

function insertBars(interval: '1m' | '1h' | '1d', minutes: 'staged_minutes' | 'merged'): string {
  return `
insert into bars (instrument_key, interval, at, open, high, low, close, volume, source)
${interval === '1m' ? minuteBars(minutes) : longerBars(interval, minutes)}
order by instrument_key, starts_at
on conflict (instrument_key, interval, source, at) do update set open = excluded.open, high = excluded.high, low = excluded.low,
  close = excluded.close, volume = excluded.volume`;
}

function minuteBars(minutes: string): string {
  return `select instrument_key, '1m', to_timestamp(minute * 60::bigint) as starts_at, open, high, low, close, volume, 'import' from ${minutes}`;
}

function longerBars(interval: '1h' | '1d', minutes: string): string {
  const startsAt = interval === '1h' ? `date_trunc('hour', to_timestamp(minute * 60::bigint), zone)` : 'to_timestamp(start_at / 1000000.0)';
  return `
select instrument_key, '${interval}', starts_at, opens[1], high, low, closes[cardinality(closes)], volume, 'import'
from (
  select minutes.instrument_key, ${startsAt} as starts_at, array_agg(open order by minute) as opens, max(high) as high, min(low) as low,
    array_agg(close order by minute) as closes, sum(volume) as volume
  from ${minutes} minutes join touched on touched.instrument_key = minutes.instrument_key and touched.day = minutes.day
  group by 1, 2
) longer`;
}

const ADD_DAYS = `
insert into tick_days as known (instrument_key, day, zone, tick_count, first_at, last_at)
select instrument_key, date '1970-01-01' + day, zone, tick_count, to_timestamp(first_at / 1000000.0), to_timestamp(last_at / 1000000.0)
from touched
order by instrument_key, day
on conflict (instrument_key, day) do update set tick_count = known.tick_count + excluded.tick_count, zone = excluded.zone,
  first_at = least(known.first_at, excluded.first_at), last_at = greatest(known.last_at, excluded.last_at)`;

/** The newest tick that is a price, with the figures of its day; a price of another source gives way whatever its age. */
const LATEST_PRICES = `
insert into latest_prices as kept (instrument_key, last, bid, ask, bid_size, ask_size, last_size, open, high, low, previous_close, volume,
  at, source, number)
select newest.instrument_key, tick.last, nullif(tick.bid, 0), nullif(tick.ask, 0), tick.bid_size, tick.ask_size, tick.last_size, day.open,
  day.high, day.low, before.close, day.volume, tick.at, 'import', coalesce(known.number, 0) + 1
from (select instrument_key, max(last_at) as last_at from touched group by 1) newest
cross join lateral (
  select * from ticks
  where ticks.instrument_key = newest.instrument_key and ticks.at <= to_timestamp(newest.last_at / 1000000.0)
    and ticks.flags & ${NO_LATEST_PRICE} = 0
  order by ticks.at desc, ticks.number desc limit 1
) tick
left join lateral (
  select * from bars where bars.instrument_key = newest.instrument_key and interval = '1d' and source = 'import'
    and bars.at <= tick.at and bars.at > tick.at - interval '25 hours'
  order by bars.at desc limit 1
) day on true
left join lateral (
  select close from bars where bars.instrument_key = newest.instrument_key and interval = '1d' and source = 'import'
    and bars.at < coalesce(day.at, tick.at)
  order by bars.at desc limit 1
) before on true
left join latest_prices known on known.instrument_key = newest.instrument_key
order by newest.instrument_key
on conflict (instrument_key) do update set (last, bid, ask, bid_size, ask_size, last_size, open, high, low, previous_close, volume, at,
  source, number) = (excluded.last, excluded.bid, excluded.ask, excluded.bid_size, excluded.ask_size, excluded.last_size, excluded.open,
  excluded.high, excluded.low, excluded.previous_close, excluded.volume, excluded.at, excluded.source, excluded.number)
where kept.source <> 'import' or kept.at <= excluded.at`;

/**
 * A simulated instrument has the file's prices from now on. The time of change is written last, just before the commit, since servers
 * look for what changed since they looked last.
 */
const SWITCH_SOURCE = `
update instruments set source = case when source = 'simulated' then 'import' else source end, updated_at = $3
where key = any($1::integer[]) and (source = 'simulated' or key = any($2::integer[]))`;
