/** What the market is known to have done before, for the conditions that need it. */
import type { Condition, KnownMarket } from '@holdfast/engine/alerts';
import type { Interval } from '@holdfast/engine/bars';
import { columnsOf, sampleDeviation } from '@holdfast/engine/bars';
import { decimal, maximum, minimum } from '@holdfast/engine/money';
import type { PriceHistory } from '../bars/index.ts';
import type { Instrument } from '../instruments/index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Daily returns that a deviation is made of. */
const RETURNS = 20;
/** Statistics are estimates: more decimals would say nothing. */
const DECIMALS = 10;
/** Calendar days that surely hold so many returns, holidays included. */
const RETURN_DAYS = 45;

export async function readKnownMarket(
  history: Pick<PriceHistory, 'bars'>,
  instrument: Instrument,
  { condition, now }: { readonly condition: Condition; readonly now: number },
): Promise<KnownMarket> {
  if (condition.kind === 'newHigh' || condition.kind === 'newLow') return readExtremes(history, instrument, { days: condition.days, now });
  if (condition.kind === 'significantMove') return readDeviation(history, instrument, now);
  if (condition.kind !== 'percentChange' || condition.against.kind !== 'window') return {};
  return readPast(history, instrument, { windowMs: condition.against.windowMs, now });
}

async function readExtremes(
  history: Pick<PriceHistory, 'bars'>,
  instrument: Instrument,
  { days, now }: { readonly days: number; readonly now: number },
): Promise<KnownMarket> {
  const bars = await history.bars(instrument, { interval: '1d', fromMs: now - days * DAY_MS, toMs: now, adjusted: true });
  const [first] = bars;
  if (first === undefined) return {};
  return {
    highest: bars.reduce((most, { high }) => maximum(most, high), first.high),
    lowest: bars.reduce((least, { low }) => minimum(least, low), first.low),
  };
}

async function readDeviation(history: Pick<PriceHistory, 'bars'>, instrument: Instrument, now: number): Promise<KnownMarket> {
  const range = { fromMs: now - RETURN_DAYS * DAY_MS, toMs: now - DAY_MS };
  const bars = await history.bars(instrument, { interval: '1d', ...range, adjusted: true });
  const closes = columnsOf(bars.slice(-RETURNS - 1)).close;
  const returns = closes.slice(1).map((close, index) => (100 * (close - (closes[index] ?? 0))) / (closes[index] ?? 0));
  const deviation = returns.length < RETURNS ? null : sampleDeviation(returns.filter(Number.isFinite));
  return deviation === null ? {} : { dailyDeviationPercent: decimal(deviation.toFixed(DECIMALS)) };
}

async function readPast(
  history: Pick<PriceHistory, 'bars'>,
  instrument: Instrument,
  { windowMs, now }: { readonly windowMs: number; readonly now: number },
): Promise<KnownMarket> {
  const { interval, lengthMs } = intervalFor(windowMs);
  const bars = await history.bars(instrument, { interval, fromMs: now - windowMs - 2 * lengthMs, toMs: now });
  return { past: bars.map(({ startAt, close }) => ({ at: Math.min(startAt + lengthMs, now), price: close })) };
}

/** Bars short enough for a stretch of time, and few enough. */
export function intervalFor(stretchMs: number): { readonly interval: Interval; readonly lengthMs: number } {
  if (stretchMs <= 10 * HOUR_MS) return { interval: '1m', lengthMs: MINUTE_MS };
  return stretchMs <= 25 * DAY_MS ? { interval: '1h', lengthMs: HOUR_MS } : { interval: '1d', lengthMs: DAY_MS };
}
