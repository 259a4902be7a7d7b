import type { getIndicators as contract } from '@holdfast/contract/bars';
import type { AnswerOf } from '@holdfast/contract';
import { calculateIndicator, columnsOf, intervalMs, isIntraday, parseIndicator } from '@holdfast/engine/bars';
import type { Indicator, Interval } from '@holdfast/engine/bars';
import type { Caller } from '../../platform/http/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { WallClock } from '../ticks/index.ts';
import { askedRange } from './list-bars.ts';
import type { HistoryReader } from './list-bars.ts';
import { invalid } from './time-range.ts';
import type { RangeAsked } from './time-range.ts';

export interface IndicatorsRequest extends RangeAsked {
  readonly symbol: string;
  readonly interval?: Interval;
  /** Parted by commas. */
  readonly names: string;
}

const DAY_MS = 86_400_000;
const MOST_NAMES = 12;
/** Exponential averages have all but forgotten how they began after three periods. */
const WARM_UP_PERIODS = 3;
/** The longest part of macd is 26 + 9 bars. */
const MACD_BARS = 35;

/** Indicator columns over the bars of a range, warmed up with the bars before it where there are any. */
export async function getIndicators(
  reader: HistoryReader,
  caller: Caller | null,
  request: IndicatorsRequest,
): Promise<AnswerOf<typeof contract>> {
  const interval = request.interval ?? '1d';
  const indicators = namedIndicators(request.names);
  const { instrument, wall, range, limitedTo } = await askedRange(reader, caller, { ...request, interval });
  const warmUp = Math.max(...indicators.map(({ indicator }) => warmUpBars(indicator)));
  const warmedFrom = range.fromMs - warmUp * spacingMs(interval);
  // A volume-weighted price counts from the beginning of its day.
  const fromMs = indicators.some(({ indicator }) => indicator.kind === 'vwap')
    ? Math.min(warmedFrom, startOfDay(range.fromMs, wall))
    : warmedFrom;
  await reader.fillMinutes?.(instrument, { interval, fromMs, toMs: range.toMs });
  const bars = await reader.history.bars(instrument, { interval, fromMs, toMs: range.toMs, adjusted: true });
  const columns = columnsOf(bars);
  const skipped = bars.findIndex(({ startAt }) => startAt >= range.fromMs);
  const first = skipped < 0 ? bars.length : skipped;
  const anchors = sessionStarts(columns.startAt, wall);
  return {
    symbol: symbolOf(instrument),
    interval,
    at: bars.slice(first).map(({ startAt }) => new Date(startAt).toISOString()),
    indicators: indicators.map(({ name, indicator }) => ({
      name,
      lines: calculateIndicator(indicator, columns, anchors).map((line) => ({
        name: line.name === name ? 'value' : line.name.slice(name.length + 1),
        values: Array.from(line.values.subarray(first), (value) => (Number.isFinite(value) ? value : null)),
      })),
    })),
    limitedTo: limitedTo === null ? null : { ...limitedTo, from: new Date(limitedTo.from).toISOString() },
  };
}

function namedIndicators(names: string): readonly { readonly name: string; readonly indicator: Indicator }[] {
  const asked = [...new Set(names.toLowerCase().split(','))];
  if (asked.length > MOST_NAMES) throw invalid('names', `asks for ${asked.length} indicators; at most ${MOST_NAMES} are answered at once`);
  return asked.map((name) => {
    const indicator = parseIndicator(name);
    if (indicator === null)
      throw invalid('names', `has no indicator ${name}: there are smaN, emaN, rsiN, bollingerN, atrN (N from 1 to 500), macd and vwap`);
    return { name, indicator };
  });
}

function warmUpBars(indicator: Indicator): number {
  switch (indicator.kind) {
    case 'sma':
    case 'bollinger':
      return indicator.period;
    case 'ema':
    case 'rsi':
    case 'atr':
      return WARM_UP_PERIODS * indicator.period;
    case 'macd':
      return WARM_UP_PERIODS * MACD_BARS;
    case 'vwap':
      return 0;
  }
}

/** How far apart bars begin on average where the market closes at night and on weekends: a range that surely holds enough of them. */
function spacingMs(interval: Interval): number {
  if (isIntraday(interval)) return intervalMs(interval) * 5;
  return interval === '1d' ? 2 * DAY_MS : interval === '1w' ? 7 * DAY_MS : 31 * DAY_MS;
}

function startOfDay(at: number, wall: WallClock): number {
  return wall.toInstantMs(Math.floor(wall.toLocalMs(at) / DAY_MS) * DAY_MS);
}

/** Where a volume-weighted price begins anew: the first bar of each day. */
function sessionStarts(startAt: Float64Array, wall: WallClock): readonly number[] {
  const starts: number[] = [];
  let day = Number.NaN;
  startAt.forEach((at, index) => {
    const on = Math.floor(wall.toLocalMs(at) / DAY_MS);
    if (on !== day) starts.push(index);
    day = on;
  });
  return starts;
}
