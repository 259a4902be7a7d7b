import type { Day } from '../../time/index.ts';
import type { Listing } from './listing.ts';
import { minutePath } from './minute-path.ts';
import { bellAt, exponential, keyAt, unitAt } from './noise.ts';
import { minuteAt, type Session } from './session-tree.ts';
import { joinSpans, type Span } from './span.ts';
import type { TradingDays } from './trading-days.ts';
import type { Level } from './walk-register.ts';

/** One instrument's prices in ticks. */
export interface PriceFeed {
  /** The key of the chance around a price: spread and sizes. */
  readonly key: number;
  /** The span of a whole session. */
  readonly sessionOf: (day: Day) => Session;
  readonly previousCloseOf: (day: Day) => number;
  /** The session up to and including one of its seconds; `close` is the price of that second. */
  readonly soFar: (day: Day, second: number) => Span;
  /** The minute a second belongs to, up to and including that second. */
  readonly minuteSoFar: (day: Day, second: number) => Span;
}

export interface FeedParts {
  readonly listing: Listing;
  readonly level: Level;
  readonly days: TradingDays;
  /** The key of the listing's chance within a session. */
  readonly key: number;
}

/** Prices never fall below two ticks, so that a bid below them is still positive. */
const LOWEST_TICKS = 2;
/** What happens between two sessions: about a third of the move, as at real openings. */
const OVERNIGHT = 0.33;
const OVERNIGHT_DEVIATION = 0.15;
/** How far a day goes beyond its opening and close, in deviations of a day: a walk's range is 1.6 of them, 0.8 lie between the two. */
const BEYOND = 0.8;
const VOLUME_DEVIATION = 0.3;

const CHANCE = { opening: 1, above: 2, below: 3, volume: 4, minutes: 5 } as const;

export function createPriceFeed(parts: FeedParts): PriceFeed {
  let today: { readonly day: Day; readonly session: Session; readonly previousClose: number } | null = null;
  let minute: MinuteSoFar | null = null;
  const dayOf = (day: Day): { readonly session: Session; readonly previousClose: number } => {
    if (today?.day !== day) today = { day, session: makeSession(parts, day), previousClose: closeTicks(parts, parts.days.previous(day)) };
    return today;
  };
  const minuteOf = (day: Day, index: number): MinuteSoFar => {
    if (minute === null || minute.day !== day || minute.index !== index) minute = makeMinute(dayOf(day).session, day, index);
    return minute;
  };
  return {
    key: keyAt(parts.key, -1),
    sessionOf: (day) => makeSession(parts, day),
    previousCloseOf: (day) => dayOf(day).previousClose,
    soFar: (day, second) => {
      const index = Math.floor(second / 60);
      return minuteOf(day, index).until(second - index * 60);
    },
    minuteSoFar: (day, second) => {
      const index = Math.floor(second / 60);
      return minuteOf(day, index).alone(second - index * 60);
    },
  };
}

function closeTicks({ listing, level }: FeedParts, day: Day): number {
  return ticksAt(listing, level(day));
}

function ticksAt(listing: Listing, level: number): number {
  return Math.max(LOWEST_TICKS, Math.round(listing.startTicks * exponential(level)));
}

function makeSession(parts: FeedParts, day: Day): Session {
  const { listing, days, key } = parts;
  const dayKey = keyAt(key, day);
  const close = closeTicks(parts, day);
  const open = openTicks(parts, day, dayKey);
  const beyond = Math.max(open, close) * listing.dailyDeviation * BEYOND;
  const span = {
    open,
    close,
    high: Math.max(open, close) + Math.round(beyond * unitAt(dayKey, CHANCE.above)),
    low: Math.max(LOWEST_TICKS, Math.min(open, close) - Math.round(beyond * unitAt(dayKey, CHANCE.below))),
    volume: Math.round(listing.dailyVolume * exponential(bellAt(dayKey, CHANCE.volume) * VOLUME_DEVIATION)),
  };
  return { span, minutes: days.minutesOf(day), key: keyAt(dayKey, CHANCE.minutes) };
}

function openTicks({ listing, level, days }: FeedParts, day: Day, dayKey: number): number {
  const before = level(days.previous(day));
  if (days.continuous) return ticksAt(listing, before);
  const news = bellAt(dayKey, CHANCE.opening) * OVERNIGHT_DEVIATION * listing.dailyDeviation;
  return ticksAt(listing, before + (level(day) - before) * OVERNIGHT + news);
}

interface MinuteSoFar {
  readonly day: Day;
  readonly index: number;
  /** The session up to and including a second (0 to 59) of this minute. */
  readonly until: (second: number) => Span;
  /** The minute alone, up to and including a second. */
  readonly alone: (second: number) => Span;
}

function makeMinute(session: Session, day: Day, index: number): MinuteSoFar {
  const { before, minute } = minuteAt(session, index);
  const path = minutePath(minute, keyAt(session.key, -1 - index));
  const highs = runningExtreme(path, Math.max);
  const lows = runningExtreme(path, Math.min);
  const alone = (second: number): Span => ({
    open: minute.open,
    high: highs[second] ?? minute.high,
    low: lows[second] ?? minute.low,
    close: path[second] ?? minute.close,
    volume: Math.floor((minute.volume * (second + 1)) / path.length),
  });
  return { day, index, alone, until: (second) => (before === null ? alone(second) : joinSpans(before, alone(second))) };
}

function runningExtreme(path: Float64Array, further: (a: number, b: number) => number): Float64Array {
  let extreme = path[0] ?? 0;
  return path.map((price) => (extreme = further(extreme, price)));
}
