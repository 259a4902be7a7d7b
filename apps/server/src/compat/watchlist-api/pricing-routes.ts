import * as contract from '@holdfast/contract/watchlist-api';
import { priceStatistics } from '@holdfast/engine/bars';
import type { Bar } from '@holdfast/engine/bars';
import { decimalFromNumber, formatDecimal, maximum, minimum, roundTo, toNumber, ZERO } from '@holdfast/engine/money';
import { formatDay, parseDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { historyLimit } from '../../features/bars/index.ts';
import type { HistoryPolicy, PriceHistory } from '../../features/bars/index.ts';
import { getInstrument, symbolOf } from '../../features/instruments/index.ts';
import type { Instrument, Instruments } from '../../features/instruments/index.ts';
import type { QuoteBoard } from '../../features/quotes/index.ts';
import type { Caches } from '../../platform/cache/index.ts';
import { AppError, notFound, serve } from '../../platform/http/index.ts';
import type { Caller, ServeContext } from '../../platform/http/index.ts';
import { enveloped, envelopedPage } from './envelope.ts';
import { createLatestPriceCache } from './latest-price.ts';

export interface PricingNeeds {
  readonly instruments: Instruments;
  readonly board: QuoteBoard;
  readonly history: PriceHistory;
  readonly policy: HistoryPolicy;
  readonly caches: Caches;
  readonly latestPriceTtlMs: number;
  /** Told of every read where prices are fetched; answers what to wait for when there is no price yet. */
  readonly onRead: ((instrument: Instrument, hasPrice: boolean) => Promise<void> | null) | null;
  readonly onError: (error: unknown) => void;
}

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
/** Ten years of days. */
const MOST_DAYS = 3_660;

export function bindPricingRoutes(context: ServeContext, needs: PricingNeeds): void {
  const { clock } = context;
  const { instruments, board, onRead } = needs;
  const latest = createLatestPriceCache({ board, caches: needs.caches, ttlMs: needs.latestPriceTtlMs, onError: needs.onError });

  // Asked for most often, and nearly always answered from memory.
  serve({ ...context, scoped: false }, contract.getLatestStockPrice, async ({ caller, query }) => {
    const instrument = await getInstrument(instruments, caller.userId, query.symbol);
    await onRead?.(instrument, board.quoteOf(instrument.key) !== null);
    const price = await latest(instrument);
    if (price === null) throw notFound(`price of ${symbolOf(instrument)}`);
    return enveloped({ ...price, age_seconds: Math.max(0, Math.floor((clock.now() - Date.parse(price.timestamp)) / 1_000)) });
  });

  serve(context, contract.listHistoricalStockPrices, async ({ caller, body }) => {
    const { bars, dayOf } = await daysOf(needs, caller, { ...body, now: clock.now() });
    return envelopedPage(bars.map((bar) => dailyPrice(bar, dayOf(bar))));
  });

  serve(context, contract.getStockPriceStatistics, async ({ caller, body }) => {
    const { instrument, bars, from, to } = await daysOf(needs, caller, { ...body, now: clock.now() });
    return enveloped({
      stock_symbol: symbolOf(instrument),
      period: `${to - from + 1} days`,
      start_date: formatDay(from),
      end_date: formatDay(to),
      ...statisticsOf(bars),
    });
  });
}

interface PeriodAsked {
  readonly stock_symbol: string;
  readonly start_date?: string;
  readonly end_date?: string;
  readonly now: number;
}

/** The daily bars of a period, by the instrument's own clock. Throws `plan_limit` for days that are older than the caller's plan shows. */
async function daysOf({ instruments, history, policy }: PricingNeeds, caller: Caller, asked: PeriodAsked) {
  const instrument = await getInstrument(instruments, caller.userId, asked.stock_symbol);
  const clock = await history.clockOf(instrument);
  const today = Math.floor(clock.toLocalMs(asked.now) / DAY_MS);
  const to = dayFrom(asked.end_date, 'end_date') ?? today;
  const from = dayFrom(asked.start_date, 'start_date') ?? to - DEFAULT_DAYS + 1;
  if (from > to) throw invalid('start_date', 'is after end_date');
  if (to - from >= MOST_DAYS) throw invalid('start_date', `asks for ${to - from + 1} days; at most ${MOST_DAYS} are answered at once`);
  const limit = instrument.ownerId === null ? historyLimit(policy, caller, { now: asked.now }) : null;
  // The whole day counts on which the limit falls: nobody is refused for a few hours.
  if (limit !== null && from < Math.floor(clock.toLocalMs(limit.from) / DAY_MS)) throw new AppError('plan_limit', limit.detail);
  const range = { fromMs: clock.toInstantMs(from * DAY_MS), toMs: clock.toInstantMs((to + 1) * DAY_MS) };
  const bars = await history.bars(instrument, { interval: '1d', ...range, adjusted: true });
  return { instrument, bars, from, to, dayOf: (bar: Bar): Day => Math.floor(clock.toLocalMs(bar.startAt) / DAY_MS) };
}

function dailyPrice({ startAt, open, high, low, close, volume }: Bar, day: Day) {
  return {
    date: formatDay(day),
    open: formatDecimal(open),
    high: formatDecimal(high),
    low: formatDecimal(low),
    close: formatDecimal(close),
    price: formatDecimal(close),
    volume: formatDecimal(volume),
    timestamp: new Date(startAt).toISOString(),
  };
}

function statisticsOf(bars: readonly Bar[]) {
  const [first] = bars;
  const figures = priceStatistics(Float64Array.from(bars, ({ close }) => toNumber(close)));
  if (first === undefined || figures === null)
    return { avg_price: null, min_price: null, max_price: null, volatility: null, data_points: 0 };
  return {
    avg_price: estimate(figures.average),
    min_price: formatDecimal(bars.reduce((least, { close }) => minimum(least, close), first.close)),
    max_price: formatDecimal(bars.reduce((most, { close }) => maximum(most, close), first.close)),
    volatility: figures.standardDeviation === null ? null : estimate(figures.standardDeviation),
    data_points: bars.length,
  };
}

/** A statistic as a text of at most six places. */
function estimate(figure: number): string {
  return formatDecimal(roundTo(decimalFromNumber(Number(figure.toPrecision(12))) ?? ZERO, 6));
}

function dayFrom(text: string | undefined, path: string): Day | null {
  if (text === undefined) return null;
  const day = parseDay(text);
  if (day === null) throw invalid(path, 'is not a day of the calendar');
  return day;
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}
