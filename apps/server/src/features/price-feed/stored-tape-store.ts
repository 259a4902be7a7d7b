/** Stored ticks and bars as a tape that can be played. */
import type { AssetClass } from '@holdfast/engine/instruments';
import { decimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { ListingProfile, Tape, TapeReport } from '../../providers/market-data/index.ts';
import { IMPORT_SOURCE } from '../instruments/index.ts';

interface ReportRow {
  readonly symbol: string;
  readonly exchange: string;
  readonly at: Date;
  readonly last: string;
  readonly bid: string | null;
  readonly bid_size: string | null;
  readonly ask: string | null;
  readonly ask_size: string | null;
  readonly open: string | null;
  readonly high: string | null;
  readonly low: string | null;
  readonly volume: string | null;
  readonly previous_close: string | null;
}

/** What was imported, with its ticks; an instrument that has bars of minutes only is reported at the end of each. */
export async function openStoredTape(db: Db): Promise<Tape> {
  const instruments = await db
    .selectFrom('instruments')
    .selectAll()
    .where('source', '=', IMPORT_SOURCE)
    .where('owner_id', 'is', null)
    .execute();
  const { rows } = await sql<{ from_at: Date | null; to_at: Date | null }>`
    select min(at) as from_at, max(at) + interval '1 minute' as to_at from bars where source = ${IMPORT_SOURCE} and interval = '1m'`.execute(
    db,
  );
  const [span] = rows;
  const keys = new Map(instruments.map(({ symbol, key }) => [symbol, key]));
  return {
    listings: instruments.map(profileOf),
    span:
      span === undefined || span.from_at === null || span.to_at === null
        ? null
        : { fromMs: span.from_at.getTime(), toMs: span.to_at.getTime() },
    read: async ({ afterMs, untilMs }) => {
      const reports = await readReports(db, { after: afterMs === Number.NEGATIVE_INFINITY ? null : afterMs, untilMs });
      return reports.map(reportOf);
    },
    bars: async (symbol, { interval, fromMs, toMs }) => {
      if (interval !== '1m' && interval !== '1h' && interval !== '1d') return [];
      const bars = await db
        .selectFrom('bars')
        .selectAll()
        .where('instrument_key', '=', keys.get(symbol) ?? 0)
        .where('interval', '=', interval)
        .where('source', '=', IMPORT_SOURCE)
        .where('at', '>=', new Date(fromMs))
        .where('at', '<', new Date(toMs))
        .orderBy('at')
        .execute();
      return bars.map((bar) => ({
        startAt: bar.at.getTime(),
        open: decimal(bar.open),
        high: decimal(bar.high),
        low: decimal(bar.low),
        close: decimal(bar.close),
        volume: decimal(bar.volume),
      }));
    },
  };
}

/** The last tick of each instrument within the stretch, else the last minute that ended in it, with the figures of its day so far. */
async function readReports(
  db: Db,
  { after, untilMs }: { readonly after: number | null; readonly untilMs: number },
): Promise<readonly ReportRow[]> {
  const until = sql<Date>`to_timestamp(${untilMs}::double precision / 1000)`;
  const from = after === null ? sql<Date>`'-infinity'::timestamptz` : sql<Date>`to_timestamp(${after}::double precision / 1000)`;
  const { rows } = await sql<ReportRow>`
    select i.symbol, i.exchange, report.at, report.last, report.bid, report.bid_size, report.ask, report.ask_size, day.open,
      greatest(day.high, report.last) as high, least(day.low, report.last) as low, day.volume, before.close as previous_close
    from instruments i
    cross join lateral (
      select * from (
        (select at, last, bid, bid_size, ask, ask_size from ticks t
          where t.instrument_key = i.key and t.at > ${from} and t.at <= ${until} and t.flags = 0 order by t.at desc, t.number desc limit 1)
        union all
        (select at + interval '1 minute', close, null, null, null, null from bars b
          where b.instrument_key = i.key and b.source = ${IMPORT_SOURCE} and b.interval = '1m'
            and b.at + interval '1 minute' > ${from} and b.at <= ${until}::timestamptz - interval '1 minute'
            and not exists (select from tick_days d where d.instrument_key = i.key)
          order by b.at desc limit 1)) newest limit 1) report
    left join lateral (
      select at from bars b where b.instrument_key = i.key and b.source = ${IMPORT_SOURCE} and b.interval = '1d' and b.at <= report.at
      order by at desc limit 1) started on true
    left join lateral (
      select (array_agg(open order by at))[1] as open, max(high) as high, min(low) as low, sum(volume) as volume from bars b
      where b.instrument_key = i.key and b.source = ${IMPORT_SOURCE} and b.interval = '1m' and b.at >= started.at
        and b.at <= report.at - interval '1 minute') day on true
    left join lateral (
      select close from bars b where b.instrument_key = i.key and b.source = ${IMPORT_SOURCE} and b.interval = '1d' and b.at < started.at
      order by at desc limit 1) before on true
    where i.source = ${IMPORT_SOURCE} and i.owner_id is null`.execute(db);
  return rows;
}

function reportOf(row: ReportRow): TapeReport {
  const figure = (text: string | null): Decimal | null => (text === null ? null : decimal(text));
  return {
    symbol: row.symbol,
    exchange: row.exchange === '' ? null : row.exchange,
    at: row.at.getTime(),
    last: decimal(row.last),
    bid: figure(row.bid),
    bidSize: figure(row.bid_size),
    ask: figure(row.ask),
    askSize: figure(row.ask_size),
    open: figure(row.open),
    high: figure(row.high),
    low: figure(row.low),
    previousClose: figure(row.previous_close),
    volume: figure(row.volume),
  };
}

function profileOf(row: {
  readonly symbol: string;
  readonly exchange: string;
  readonly name: string;
  readonly asset_class: string;
  readonly currency: string;
  readonly sector: string | null;
  readonly country: string | null;
}): ListingProfile {
  return {
    symbol: row.symbol,
    exchange: row.exchange === '' ? null : row.exchange,
    name: row.name,
    assetClass: row.asset_class as AssetClass,
    currency: row.currency,
    sector: row.sector,
    country: row.country,
    tickSize: null,
    source: IMPORT_SOURCE,
  };
}
