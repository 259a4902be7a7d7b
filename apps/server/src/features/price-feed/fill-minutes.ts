import { isIntraday } from '@holdfast/engine/bars';
import type { Interval } from '@holdfast/engine/bars';
import { sessionOf } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { FailOver } from '../../providers/market-data/index.ts';
import type { Instrument } from '../instruments/index.ts';
import { exchangeOf } from './feed-session.ts';
import { isPriced } from './fetch-prices.ts';
import { loadAskedDays, saveMinutes } from './minute-fill-store.ts';
import type { MinuteSeries } from './minute-fill-store.ts';

export interface MinuteNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly failOver: Pick<FailOver, 'covers' | 'history'>;
  /** A day that is under way is asked about again after this time. */
  readonly intervalMs: number;
  readonly onError: (error: unknown) => void;
}

export interface MinuteRange {
  readonly interval: Interval;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Fetches the minutes or hours of a range that somebody looks at, of the instrument's own source, each day once and the day under way
 * every interval. Resolves when they are stored, at once when there are none to fetch, or after a moment: what is late is there for the
 * next who asks. Never throws.
 */
export type FillMinutes = (instrument: Instrument, range: MinuteRange) => Promise<void>;

const DAY_MS = 86_400_000;
/** Free plans tell of the last minutes of a session no sooner. */
const SETTLED_AFTER_MS = 20 * 60_000;
/** A question holds no more than 5,000 minutes and no more than seven days, which every vendor answers at once. */
const LONGEST_MS = 7 * DAY_MS;
const LONGEST_ROUND_THE_CLOCK_MS = 3 * DAY_MS;
const MOST_QUESTIONS = 5;
const WAIT_MS = 4_000;

export function createMinuteFiller(needs: MinuteNeeds): FillMinutes {
  const { clock, failOver, onError } = needs;
  const running = new Map<string, Promise<void>>();
  return async (instrument, { interval, fromMs, toMs }) => {
    if (!isIntraday(interval) || !isPriced(instrument) || !failOver.covers(instrument)) return;
    // Five and fifteen minutes are put together from minutes.
    const series = { key: instrument.key, source: instrument.source, interval: interval === '1h' ? ('1h' as const) : ('1m' as const) };
    const range = { fromMs, toMs: Math.min(toMs, clock.now()) };
    // A range that ends now is the same for all who ask on the same day.
    const name = [series.key, series.source, series.interval, ...Object.values(daysOf(range))].join(' ');
    const started = running.get(name) ?? fill(needs, { instrument, series, range }).catch(onError);
    running.set(name, started);
    void started.finally(() => running.delete(name));
    await withinMoment(started);
  };
}

function withinMoment(work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, WAIT_MS);
    void work.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

type Instants = Pick<MinuteRange, 'fromMs' | 'toMs'>;

function daysOf({ fromMs, toMs }: Instants): { readonly from: Day; readonly to: Day } {
  return { from: Math.floor(fromMs / DAY_MS), to: Math.floor((toMs - 1) / DAY_MS) };
}

interface Wanted {
  readonly instrument: Instrument;
  readonly series: MinuteSeries;
  readonly range: Instants;
}

async function fill(needs: MinuteNeeds, { instrument, series, range }: Wanted): Promise<void> {
  const { db, clock, failOver } = needs;
  const asked = await loadAskedDays(db, { ...series, ...daysOf(range) });
  const stretches = missingStretches(instrument, { range, asked, now: clock.now(), intervalMs: needs.intervalMs });
  // The newest first: it is what a chart shows at its edge.
  for (const { fromMs, toMs, days: covered } of stretches.slice(-MOST_QUESTIONS).reverse()) {
    const at = clock.now();
    const history = await failOver.history(instrument, { interval: series.interval, fromMs, toMs, source: series.source });
    // It could not be asked now: nor for the days before.
    if (history === null) return;
    await transact(db, (tx) => saveMinutes(tx, { ...series, bars: history.bars, days: covered, at }));
  }
}

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly days: readonly Day[];
}

interface Known {
  readonly range: Instants;
  readonly asked: ReadonlyMap<Day, number>;
  readonly now: number;
  readonly intervalMs: number;
}

/** What is to be asked for of the sessions that the range touches, oldest first. */
export function missingStretches(
  instrument: Pick<Instrument, 'exchange' | 'currency'>,
  { range, asked, now, intervalMs }: Known,
): readonly Stretch[] {
  const days = daysOf(range);
  const exchange = exchangeOf(instrument);
  const stretches: Stretch[] = [];
  for (let day = days.from; day <= days.to; day += 1) {
    // Every session of the exchanges known here lies within one day of UTC.
    const session = exchange === null ? { openAt: day * DAY_MS, closeAt: (day + 1) * DAY_MS } : sessionOf(exchange, day);
    if (session === null || session.openAt >= Math.min(now, range.toMs) || session.closeAt <= range.fromMs) continue;
    const askedAt = asked.get(day);
    const settledAt = session.closeAt + SETTLED_AFTER_MS;
    if (askedAt !== undefined && (askedAt >= settledAt || now - askedAt < intervalMs)) continue;
    const fromMs = askedAt === undefined ? session.openAt : Math.max(session.openAt, askedAt - SETTLED_AFTER_MS);
    const longestMs = session.closeAt - session.openAt === DAY_MS ? LONGEST_ROUND_THE_CLOCK_MS : LONGEST_MS;
    const last = stretches.at(-1);
    if (last !== undefined && session.closeAt - last.fromMs <= longestMs)
      stretches[stretches.length - 1] = { ...last, toMs: session.closeAt, days: [...last.days, day] };
    else stretches.push({ fromMs, toMs: session.closeAt, days: [day] });
  }
  return stretches;
}
