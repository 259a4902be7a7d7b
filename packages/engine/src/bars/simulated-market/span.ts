import { bellAt, unitAt } from './noise.ts';

/** A stretch of trading seen from above, in whole ticks and whole units. `open` and `close` lie within [low, high]. */
export interface Span {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** A random walk over half the time covers about 0.7 of the range; some more here, since clamping takes a little away. */
const HALF_RANGE_LEAST = 0.66;
const HALF_RANGE_SPREAD = 0.24;
const MEETING_DEVIATION = 0.2;
const VOLUME_DEVIATION = 0.18;

/**
 * Cuts a span into its first and second half so that putting them together again gives exactly the span: the first opens where it
 * opens, the second closes where it closes, they meet in one price, one of them reaches its high and one its low, none goes further.
 * `share` is the part of the time that the first half takes.
 */
export function splitSpan(span: Span, key: number, share: number): readonly [Span, Span] {
  const { open, high, low, close, volume } = span;
  const range = high - low;
  const straight = open + (close - open) * share;
  // Half-way between the straight line and the middle of the range: neither half is then left with most of the range to cover.
  const drawn = Math.round((straight + (high + low) / 2) / 2 + bellAt(key, 0) * MEETING_DEVIATION * range);
  const meet = Math.min(high, Math.max(low, drawn));
  const ties = unitAt(key, 1) < 0.5;
  // Each extreme goes to the half that is nearer to it already, so that prices need not rush.
  const highFirst = open === close ? ties : open > close;
  const lowFirst = open === close ? !ties : open < close;
  const leftVolume = Math.round(volume * Math.min(1, Math.max(0, share * (1 + bellAt(key, 4) * VOLUME_DEVIATION))));
  const left = withinSpan(span, { open, close: meet, high: highFirst, low: lowFirst, key, step: 2, volume: leftVolume });
  const right = withinSpan(span, { open: meet, close, high: !highFirst, low: !lowFirst, key, step: 3, volume: volume - leftVolume });
  return [left, right];
}

interface HalfPlan {
  readonly open: number;
  readonly close: number;
  /** Whether this half must reach the whole span's high, and its low. */
  readonly high: boolean;
  readonly low: boolean;
  readonly key: number;
  readonly step: number;
  readonly volume: number;
}

function withinSpan(whole: Span, plan: HalfPlan): Span {
  const { open, close, key, step, volume } = plan;
  const highest = plan.high ? whole.high : Math.max(open, close);
  const lowest = plan.low ? whole.low : Math.min(open, close);
  const drawn = unitAt(key, step);
  const wanted = (whole.high - whole.low) * (HALF_RANGE_LEAST + HALF_RANGE_SPREAD * drawn);
  const spare = Math.max(0, wanted - (highest - lowest));
  const upwards = unitAt(key, step + 8);
  const high = Math.min(whole.high, highest + Math.round(spare * upwards));
  const low = Math.max(whole.low, lowest - Math.round(spare * (1 - upwards)));
  return { open, high, low, close, volume };
}

/** The span of two neighbours, the earlier one first. */
export function joinSpans(first: Span, second: Span): Span {
  return {
    open: first.open,
    high: Math.max(first.high, second.high),
    low: Math.min(first.low, second.low),
    close: second.close,
    volume: first.volume + second.volume,
  };
}
