import type { Bar } from '../bar.ts';
import { stretchOf, type IntradayInterval } from '../interval.ts';
import type { Listing } from './listing.ts';
import type { PriceFeed } from './price-feed.ts';
import { fillBuckets } from './session-tree.ts';
import { joinSpans, type Span } from './span.ts';
import { barOf } from './span-bar.ts';
import type { TradingDays } from './trading-days.ts';

interface Place {
  readonly listing: Listing;
  readonly days: TradingDays;
  readonly feed: PriceFeed;
}

interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/** The bars that start in [fromMs, toMs), made of the seconds that began before `toMs`. */
export function intradayBars(place: Place, interval: IntradayInterval, range: Range): readonly Bar[] {
  const { days, listing } = place;
  const bars = new Map<number, Span>();
  const add = (startAt: number, span: Span): void => {
    const before = bars.get(startAt);
    bars.set(startAt, before === undefined ? span : joinSpans(before, span));
  };
  if (range.toMs <= range.fromMs) return [];
  const firstDay = days.momentAt(range.fromMs).day;
  const lastDay = days.momentAt(range.toMs - 1).day;
  for (let day = firstDay; day <= lastDay; day += 1) if (days.isTradingDay(day)) addDay(place, day, { interval, range, add });
  const unit = listing.instrument.tickSize;
  return [...bars].map(([startAt, span]) => barOf(span, unit, startAt));
}

interface Wanted {
  readonly interval: IntradayInterval;
  readonly range: Range;
  readonly add: (startAt: number, span: Span) => void;
}

function addDay({ days, feed }: Place, day: number, { interval, range, add }: Wanted): void {
  const startOf = (minute: number): number => {
    const minuteAt = days.minuteStartAt(day, minute);
    if (minuteAt + MINUTE_MS > range.toMs) return Number.POSITIVE_INFINITY;
    const { startAt } = stretchOf(interval, days.zone, minuteAt);
    return startAt < range.fromMs ? Number.NEGATIVE_INFINITY : startAt;
  };
  fillBuckets(feed.sessionOf(day), { bucketOf: startOf, add });
  addMinuteInProgress({ days, feed, day }, { interval, range, add });
}

/** The minute that `toMs` cuts, up to the last second that began before it. */
function addMinuteInProgress(
  { days, feed, day }: { readonly days: TradingDays; readonly feed: PriceFeed; readonly day: number },
  { interval, range, add }: Wanted,
): void {
  const cutAt = Math.floor(range.toMs / MINUTE_MS) * MINUTE_MS;
  const seconds = Math.ceil((range.toMs - cutAt) / SECOND_MS);
  if (seconds === 0) return;
  const { startAt } = stretchOf(interval, days.zone, cutAt);
  const minute = days.minuteOf(day, cutAt);
  if (minute === null || startAt < range.fromMs) return;
  add(startAt, feed.minuteSoFar(day, minute * 60 + seconds - 1));
}
