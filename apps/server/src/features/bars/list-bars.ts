import { intervalMs, isIntraday } from '@holdfast/engine/bars';
import type { Bar, Interval } from '@holdfast/engine/bars';
import { formatDecimal } from '@holdfast/engine/money';
import { Serialised } from '../../platform/http/index.ts';
import type { Caller } from '../../platform/http/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { getInstrument, symbolOf } from '../instruments/index.ts';
import type { Instrument, Instruments } from '../instruments/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import type { WallClock } from '../ticks/index.ts';
import { historyLimit } from './history-limit.ts';
import type { HistoryLimit, HistoryPolicy } from './history-limit.ts';
import type { PriceHistory } from './price-history.ts';
import { invalid, timeRange } from './time-range.ts';
import type { RangeAsked, TimeRange } from './time-range.ts';

export interface HistoryReader {
  readonly clock: Clock;
  readonly instruments: Instruments;
  readonly board: QuoteBoard;
  readonly history: PriceHistory;
  readonly policy: HistoryPolicy;
  /** Sees to it that the minutes of a range are there; null where prices are not fetched. */
  readonly fillMinutes: ((instrument: Instrument, range: TimeRange & { readonly interval: Interval }) => Promise<void>) | null;
}

export interface BarsRequest extends RangeAsked {
  readonly symbol: string;
  readonly interval?: Interval;
  readonly adjusted?: boolean;
}

/** Longer answers would hold up others: 3,000 bars are more than a chart has points, and five years of days are fewer. */
export const MOST_BARS = 3_000;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** How far back a range begins that does not say so. */
const SPANS: Readonly<Record<Interval, number>> = {
  '1m': DAY_MS,
  '5m': 5 * DAY_MS,
  '15m': 10 * DAY_MS,
  '1h': 30 * DAY_MS,
  '1d': 365 * DAY_MS,
  '1w': 5 * 365 * DAY_MS,
  '1mo': 20 * 365 * DAY_MS,
};

/** A range of bars as JSON text. Throws `not_found`, `ambiguous_symbol` and `invalid_value`. */
export async function listBars(reader: HistoryReader, caller: Caller | null, request: BarsRequest): Promise<Serialised> {
  const interval = request.interval ?? '1d';
  const asked = await askedRange(reader, caller, { ...request, interval });
  await reader.fillMinutes?.(asked.instrument, { interval, ...asked.range });
  const bars = await reader.history.bars(asked.instrument, {
    interval,
    ...asked.range,
    limit: MOST_BARS,
    adjusted: request.adjusted ?? true,
  });
  return new Serialised(
    `{"symbol":${JSON.stringify(symbolOf(asked.instrument))},"interval":"${interval}","adjusted":${request.adjusted ?? true}` +
      `,"source":${JSON.stringify(asked.instrument.source)},"bars":[${bars.map(barText).join(',')}],"limitedTo":${limitText(asked.limitedTo)}}`,
  );
}

export interface AskedRange {
  readonly instrument: Instrument;
  readonly wall: WallClock;
  /** What the caller may see of what was asked for; empty where that is nothing. */
  readonly range: TimeRange;
  readonly limitedTo: HistoryLimit | null;
}

/** What a request for a range of prices means, cut to what the caller may see. */
export async function askedRange(
  { clock, instruments, board, history, policy }: HistoryReader,
  caller: Caller | null,
  request: BarsRequest & { readonly interval: Interval; readonly spanMs?: number },
): Promise<AskedRange> {
  const instrument = await getInstrument(instruments, caller?.userId, request.symbol);
  const now = clock.now();
  const wall = await history.clockOf(instrument);
  // Up to the newest price there is: a file may end long ago.
  const endMs = (board.quoteOf(instrument.key)?.at ?? now) + 1_000;
  const asked = timeRange(request, { clock: wall, endMs, spanMs: request.spanMs ?? SPANS[request.interval] });
  const limit = instrument.ownerId === null ? historyLimit(policy, caller, { now }) : null;
  const limited = limit !== null && asked.fromMs < limit.from;
  const range = limited ? { fromMs: Math.min(limit.from, asked.toMs), toMs: asked.toMs } : asked;
  const count = Math.ceil((range.toMs - range.fromMs) / lengthMs(request.interval));
  if (count > MOST_BARS)
    throw invalid(
      'from',
      `asks for up to ${count} bars of ${request.interval}; at most ${MOST_BARS} are answered at once. Shorten the range or take a longer interval`,
    );
  return { instrument, wall, range, limitedTo: limited ? limit : null };
}

/** The shortest a bar of the interval can be. */
function lengthMs(interval: Interval): number {
  if (isIntraday(interval)) return intervalMs(interval);
  return interval === '1d' ? 23 * HOUR_MS : interval === '1w' ? 7 * DAY_MS - HOUR_MS : 28 * DAY_MS - HOUR_MS;
}

/** A limit as the API says it. */
export function limitText(limit: HistoryLimit | null): string {
  return limit === null ? 'null' : JSON.stringify({ from: new Date(limit.from).toISOString(), days: limit.days, detail: limit.detail });
}

function barText({ startAt, open, high, low, close, volume }: Bar): string {
  return (
    `{"at":"${new Date(startAt).toISOString()}","open":"${formatDecimal(open)}","high":"${formatDecimal(high)}"` +
    `,"low":"${formatDecimal(low)}","close":"${formatDecimal(close)}","volume":"${formatDecimal(volume)}"}`
  );
}
