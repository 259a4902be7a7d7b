/** GET /tickers/{tick_id}: what the document calls a ticker's orders are its ticks. */
import { formatDecimal } from '@holdfast/engine/money';
import { IMPORT_SOURCE, symbolOf } from '../../features/instruments/index.ts';
import type { Instrument, InstrumentBook } from '../../features/instruments/index.ts';
import { pageTicks } from '../../features/ticks/index.ts';
import type { StoredTick, TickDays, WallClock } from '../../features/ticks/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { AppError } from '../../platform/http/index.ts';
import type { ComputedMarket, ProvidedQuote } from '../../providers/market-data/index.ts';
import { floatText, integerText, naiveText } from './wire-text.ts';

export interface TickerOrdersNeeds {
  readonly db: Db;
  readonly book: InstrumentBook;
  readonly days: TickDays;
  readonly clock: Clock;
  readonly wallOf: (instrument: Instrument) => WallClock;
  /** The market whose ticks are computed, for instruments of its source. */
  readonly computed: (instrument: Instrument) => ComputedMarket | null;
}

export interface TickerOrdersAsked {
  readonly skip: number;
  readonly limit: number;
  /** Minutes back from now, or null for all there is. */
  readonly interval: number | null;
}

/** The answer as JSON text. Throws `not_found`. */
export async function tickerOrders(needs: TickerOrdersNeeds, tickId: string, asked: TickerOrdersAsked): Promise<string> {
  const instrument = needs.book.byId(tickId.toLowerCase());
  if (instrument === null || instrument.ownerId !== null)
    throw new AppError('not_found', 'There is no ticker with this tick_id. GET /api/v1/tickers names them.');
  const fromMs = asked.interval === null ? null : needs.clock.now() - asked.interval * 60_000;
  const computed = needs.computed(instrument);
  const page =
    computed === null
      ? await storedOrders(needs, instrument, { ...asked, fromMs })
      : computedOrders(needs, instrument, { ...asked, fromMs, computed });
  const ticker = JSON.stringify(symbolOf(instrument));
  return `{"ticker":${ticker},"orders":[${page.orders.join(',')}],"total":${page.total},"skip":${asked.skip},"limit":${asked.limit},"interval":${asked.interval}}`;
}

interface Orders {
  readonly orders: readonly string[];
  readonly total: number;
}

type Range = Pick<TickerOrdersAsked, 'skip' | 'limit'> & { readonly fromMs: number | null };

async function storedOrders({ db, days, wallOf }: TickerOrdersNeeds, instrument: Instrument, range: Range): Promise<Orders> {
  const stored = instrument.source === IMPORT_SOURCE ? days.of(instrument.key) : null;
  if (stored === null) return { orders: [], total: 0 };
  const wall = wallOf(instrument);
  const { ticks, total } = await pageTicks(db, { instrumentKey: instrument.key, stored, wall, ...range });
  return { orders: ticks.map((tick) => orderText(instrument, wall, tick)), total };
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * The ticks of a computed market are one a second and not stored: those of its present day, worked out for the page. Its minute bars
 * say which minutes were traded, so a break at noon or a closed market has none.
 */
function computedOrders(
  { clock, wallOf }: TickerOrdersNeeds,
  instrument: Instrument,
  { computed, fromMs, skip, limit }: Range & { readonly computed: ComputedMarket },
): Orders {
  const now = clock.now();
  const wall = wallOf(instrument);
  const newest = computed.quoteAt(instrument.symbol, now);
  if (newest === null) return { orders: [], total: 0 };
  const startOfDay = wall.toInstantMs(Math.floor(wall.toLocalMs(newest.at) / DAY_MS) * DAY_MS);
  const from = Math.ceil(Math.max(startOfDay, fromMs ?? 0) / SECOND_MS) * SECOND_MS;
  const startsAt = tradedMinutes(computed, instrument.symbol, { fromMs: from, newestAt: newest.at });
  const orders: string[] = [];
  let total = 0;
  for (const startAt of startsAt) {
    const first = Math.max(startAt, from);
    const count = Math.max(0, Math.floor((Math.min(startAt + MINUTE_MS - SECOND_MS, newest.at) - first) / SECOND_MS) + 1);
    const skipped = Math.max(0, skip - total);
    for (let index = skipped; index < count && orders.length < limit; index += 1) {
      const quote = computed.quoteAt(instrument.symbol, first + index * SECOND_MS);
      if (quote !== null) orders.push(orderText(instrument, wall, tickOf(quote)));
    }
    total += count;
  }
  return { orders, total };
}

/** The minutes up to that of the newest tick, which its bar may not show before it has lasted a moment. */
function tradedMinutes(
  computed: ComputedMarket,
  symbol: string,
  { fromMs, newestAt }: { readonly fromMs: number; readonly newestAt: number },
): readonly number[] {
  const minuteOf = (at: number): number => Math.floor(at / MINUTE_MS) * MINUTE_MS;
  if (newestAt < fromMs) return [];
  const bars = computed.bars(symbol, { interval: '1m', fromMs: minuteOf(fromMs), toMs: minuteOf(newestAt) }) ?? [];
  return [...bars.map(({ startAt }) => startAt), minuteOf(newestAt)];
}

function tickOf(quote: ProvidedQuote): StoredTick {
  const text = (value: ProvidedQuote['bid']): string | null => (value === null ? null : formatDecimal(value));
  return {
    importKey: 0,
    row: Math.floor(quote.at / SECOND_MS),
    micros: quote.at * 1000,
    last: formatDecimal(quote.last),
    bid: text(quote.bid),
    bidSize: text(quote.bidSize),
    ask: text(quote.ask),
    askSize: text(quote.askSize),
    lastSize: null,
    openInterest: null,
  };
}

function orderText(instrument: Instrument, wall: WallClock, tick: StoredTick): string {
  const localMicros = tick.micros + (wall.toLocalMs(Math.floor(tick.micros / 1000)) - Math.floor(tick.micros / 1000)) * 1000;
  const timestamp = naiveText(localMicros);
  const date = `${timestamp.slice(8, 10)}/${timestamp.slice(5, 7)}/${timestamp.slice(0, 4)}`;
  return `{${[
    `"id":"${tickUuid(instrument.key, tick)}"`,
    `"ltp":${floatText(tick.last)}`,
    `"sellprice":${floatText(tick.ask)}`,
    `"sellqty":${integerText(tick.askSize)}`,
    `"ltq":${integerText(tick.lastSize)}`,
    `"openinterest":${integerText(tick.openInterest)}`,
    `"tick_id":"${instrument.id}"`,
    `"buyprice":${floatText(tick.bid)}`,
    `"buyqty":${integerText(tick.bidSize)}`,
    `"timestamp":"${timestamp}"`,
    `"date":"${date}"`,
    `"time":"${timestamp.slice(11, 19)}"`,
  ].join(',')}}`;
}

/**
 * A tick has no id of its own: import, row and instrument make one (UUID version 8, RFC 9562 section 5.8), the same each time.
 * iiiiiiii-rrrr-8rrr-8r00-kkkkkkkkkkkk: i the import, r the row, k the instrument's key.
 */
function tickUuid(instrumentKey: number, { importKey, row }: Pick<StoredTick, 'importKey' | 'row'>): string {
  const rows = hex(row, 8);
  return `${hex(importKey, 8)}-${rows.slice(0, 4)}-8${rows.slice(4, 7)}-8${rows.slice(7)}00-${hex(instrumentKey, 12)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
