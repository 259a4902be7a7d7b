/** All SQL of quotes and of prices given by hand. */
import { formatDecimal, parseDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { LatestPricesTable } from '../../platform/db/generated/schema.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Quote } from './quote.ts';

/** The newest stored prices, of all instruments or of some. The symbol is left empty: it is the instrument's. */
export async function loadLatest(db: Db, keys: readonly number[] | 'all'): Promise<readonly Quote[]> {
  const query = db.selectFrom('latest_prices').selectAll();
  const rows = await (keys === 'all' ? query : query.where('instrument_key', 'in', [...keys])).execute();
  return rows.map(quoteOf);
}

/** Keeps the newest of each instrument, in one statement. An older number, or the same, changes nothing. */
export async function saveLatest(db: Db, quotes: readonly Quote[]): Promise<void> {
  if (quotes.length === 0) return;
  await sql`
    insert into latest_prices as kept (instrument_key, last, bid, ask, bid_size, ask_size, last_size, open, high, low, previous_close, volume,
      at, source, number)
    select * from jsonb_to_recordset(${JSON.stringify(quotes.map(rowOf))}::jsonb) as fresh (instrument_key integer, last numeric, bid numeric,
      ask numeric, bid_size numeric, ask_size numeric, last_size numeric, open numeric, high numeric, low numeric, previous_close numeric,
      volume numeric, at timestamptz, source text, number bigint)
    order by instrument_key
    on conflict (instrument_key) do update set (last, bid, ask, bid_size, ask_size, last_size, open, high, low, previous_close, volume, at,
      source, number) = (excluded.last, excluded.bid, excluded.ask, excluded.bid_size, excluded.ask_size, excluded.last_size, excluded.open,
      excluded.high, excluded.low, excluded.previous_close, excluded.volume, excluded.at, excluded.source, excluded.number)
    where kept.source <> excluded.source or kept.number < excluded.number`.execute(db);
}

export interface DayPrice {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** Null takes the day's price away. */
  readonly price: Decimal | null;
}

/** Sets, replaces or takes away the prices of days, each a bar of one price at the day's midnight UTC. */
export async function writeDayPrices(
  db: Db,
  instrumentKey: number,
  { prices, source }: { readonly prices: readonly DayPrice[]; readonly source: string },
) {
  const given = prices
    .filter(({ price }) => price !== null)
    .map(({ day, price }) => ({ day, price: price === null ? '0' : formatDecimal(price) }));
  const taken = prices.filter(({ price }) => price === null).map(({ day }) => new Date(`${day}T00:00:00Z`));
  if (taken.length > 0)
    await db
      .deleteFrom('bars')
      .where('instrument_key', '=', instrumentKey)
      .where('interval', '=', '1d')
      .where('source', '=', source)
      .where('at', 'in', taken)
      .execute();
  if (given.length === 0) return;
  await sql`
    insert into bars (instrument_key, interval, at, open, high, low, close, volume, source)
    select ${instrumentKey}::integer, '1d', day::timestamp at time zone 'UTC', price, price, price, price, 0, ${source}::text
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (day date, price numeric)
    on conflict (instrument_key, interval, source, at) do update
      set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = 0`.execute(db);
}

/** Locks the instrument's row, so that two writers of its prices come one after the other. */
export async function lockInstrument(db: Db, instrumentKey: number): Promise<void> {
  await db.selectFrom('instruments').select('key').where('key', '=', instrumentKey).forUpdate().execute();
}

export interface DayPriceSummary {
  readonly count: number;
  readonly firstAt: Date | null;
  /** The newest two, the newest first. */
  readonly newest: readonly { readonly at: Date; readonly close: string }[];
}

export async function summariseDayPrices(db: Db, instrumentKey: number, source: string): Promise<DayPriceSummary> {
  const bars = db.selectFrom('bars').where('instrument_key', '=', instrumentKey).where('interval', '=', '1d').where('source', '=', source);
  const totals = await bars.select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('at').as('firstAt')]).executeTakeFirstOrThrow();
  const newest = await bars.select(['at', 'close']).orderBy('at', 'desc').limit(2).execute();
  return { count: totals.count, firstAt: totals.firstAt, newest };
}

/** Makes a quote the newest whatever was there, or leaves none: prices given by hand may be corrected downwards in time. */
export async function replaceLatest(db: Db, instrumentKey: number, quote: Quote | null): Promise<void> {
  await db.deleteFrom('latest_prices').where('instrument_key', '=', instrumentKey).execute();
  if (quote !== null) await saveLatest(db, [quote]);
}

function rowOf(quote: Quote) {
  return {
    instrument_key: quote.instrumentKey,
    last: formatDecimal(quote.last),
    bid: text(quote.bid),
    ask: text(quote.ask),
    bid_size: text(quote.bidSize),
    ask_size: text(quote.askSize),
    last_size: text(quote.lastSize),
    open: text(quote.open),
    high: text(quote.high),
    low: text(quote.low),
    previous_close: text(quote.previousClose),
    volume: text(quote.volume),
    at: new Date(quote.at).toISOString(),
    source: quote.source,
    number: quote.number,
  };
}

function quoteOf(row: Selectable<LatestPricesTable>): Quote {
  return Object.freeze({
    instrumentKey: row.instrument_key,
    symbol: '',
    last: exact(row.last),
    bid: maybe(row.bid),
    ask: maybe(row.ask),
    bidSize: maybe(row.bid_size),
    askSize: maybe(row.ask_size),
    lastSize: maybe(row.last_size),
    open: maybe(row.open),
    high: maybe(row.high),
    low: maybe(row.low),
    previousClose: maybe(row.previous_close),
    volume: maybe(row.volume),
    at: row.at.getTime(),
    source: row.source,
    number: row.number,
  });
}

function text(value: Decimal | null): string | null {
  return value === null ? null : formatDecimal(value);
}

function maybe(value: string | null): Decimal | null {
  return value === null ? null : exact(value);
}

function exact(value: string): Decimal {
  const parsed = parseDecimal(value);
  if (parsed === null) throw new Error(`The database answered ${value}, which is no decimal.`);
  return parsed;
}
