/** GET /ohlc: daily bars of one ticker. */
import type { Bar } from '@holdfast/engine/bars';
import { formatDecimal } from '@holdfast/engine/money';
import { formatDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { historyLimit } from '../../features/bars/index.ts';
import type { HistoryPolicy, PriceHistory } from '../../features/bars/index.ts';
import { symbolOf } from '../../features/instruments/index.ts';
import type { Instrument, InstrumentBook } from '../../features/instruments/index.ts';
import type { TickDays, WallClock } from '../../features/ticks/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../platform/http/index.ts';
import type { Caller } from '../../platform/http/index.ts';
import { createAnswerCache } from './answer-cache.ts';
import { floatText, queryDays } from './wire-text.ts';

export interface DailyOhlcNeeds {
  readonly book: InstrumentBook;
  readonly days: TickDays;
  readonly history: PriceHistory;
  readonly policy: HistoryPolicy;
  readonly clock: Clock;
  readonly wallOf: (instrument: Instrument) => WallClock;
  /** Whether the instrument's prices are computed, so that its last bar grows with the second. */
  readonly isComputed: (instrument: Instrument) => boolean;
}

export interface OhlcAsked {
  readonly ticker: string;
  readonly start_date?: string | undefined;
  readonly end_date?: string | undefined;
}

const DAY_MS = 86_400_000;
/** How far a computed market goes back when nobody says from when: five years. */
const COMPUTED_DAYS = 1_826;

/** Answers the JSON text, at once where it is kept. Throws `not_found`, `invalid_value`, `plan_limit`. */
export function createDailyOhlc(needs: DailyOhlcNeeds) {
  const { book, days, clock, policy } = needs;
  const answers = createAnswerCache();
  return (caller: Caller | null, asked: OhlcAsked): string | Promise<string> => {
    const now = clock.now();
    const limit = historyLimit(policy, caller, { now, door: 'openOhlc' });
    const key = JSON.stringify([asked.ticker, asked.start_date, asked.end_date, limit === null ? null : Math.floor(limit.from / DAY_MS)]);
    const instrument = book.resolve(asked.ticker);
    if (instrument === null) throw new AppError('not_found', `There is no ticker ${JSON.stringify(asked.ticker)}.`);
    // Stored days change with an import; a computed day is still growing, so it is good for a second.
    const version = needs.isComputed(instrument)
      ? `${instrument.key} ${book.version} ${Math.floor(now / 1000)}`
      : `${instrument.key} ${book.version} ${days.version}`;
    const kept = answers.get(key, version);
    if (kept !== undefined) return kept;
    return readOhlc(needs, instrument, { asked, now, earliestMs: limit?.from ?? null, detail: limit?.detail ?? '' }).then((text) =>
      answers.set(key, version, text),
    );
  };
}

interface Reading {
  readonly asked: OhlcAsked;
  readonly now: number;
  /** Nothing before this instant is shown, by the caller's plan. */
  readonly earliestMs: number | null;
  readonly detail: string;
}

async function readOhlc(needs: DailyOhlcNeeds, instrument: Instrument, { asked, now, earliestMs, detail }: Reading): Promise<string> {
  const wall = needs.wallOf(instrument);
  const { from, to } = queryDays(asked);
  const startOf = (day: Day): number => wall.toInstantMs(day * DAY_MS);
  const dayOf = (at: number): Day => Math.floor(wall.toLocalMs(at) / DAY_MS);
  const earliest = earliestMs === null ? null : dayOf(earliestMs);
  if (earliest !== null && from !== null && from < earliest) throw new AppError('plan_limit', detail);
  const first = from ?? Math.max(earliest ?? 0, needs.isComputed(instrument) ? dayOf(now) - COMPUTED_DAYS : 0);
  const toMs = to === null ? now + DAY_MS : startOf(to + 1);
  const bars = await needs.history.bars(instrument, { interval: '1d', fromMs: startOf(first), toMs });
  const ticker = JSON.stringify(symbolOf(instrument));
  return `[${bars.map((bar) => barText(bar, ticker, dayOf(bar.startAt))).join(',')}]`;
}

function barText({ open, high, low, close }: Bar, ticker: string, day: Day): string {
  const [o, h, l, c] = [open, high, low, close].map((price) => floatText(formatDecimal(price)));
  return `{"ticker":${ticker},"date":"${formatDay(day)}","open":${o},"high":${h},"low":${l},"close":${c}}`;
}
