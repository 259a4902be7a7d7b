import { bellAt, keyAt } from './noise.ts';
import type { Span } from './span.ts';

const SECONDS = 60;
const LAST = SECONDS - 1;
/** A bridge over k of 60 seconds sways by half the walk's deviation, and a minute's range is about 1.6 of its deviations. */
const SWAY = 1 / (2 * 1.6 * Math.sqrt(SECONDS));

/**
 * The price of each second of a minute, in ticks: it opens and closes as the span says, touches its high and its low, and stays within.
 * Between those points the middle is displaced by chance, again and again, down to the second.
 */
export function minutePath(span: Span, key: number): Float64Array {
  const path = new Float64Array(SECONDS);
  path[0] = span.open;
  path[LAST] = span.close;
  const knots = [0, ...extremeSeconds(span, key, path), LAST];
  for (let index = 1; index < knots.length; index += 1) fillBetween({ path, span, key }, knots[index - 1] ?? 0, knots[index] ?? LAST);
  return path;
}

/** Puts the high and the low into the path where the ends do not reach them, in the order that is less of a rush. */
function extremeSeconds({ open, high, low, close }: Span, key: number, path: Float64Array): readonly number[] {
  const needsHigh = high > Math.max(open, close);
  const needsLow = low < Math.min(open, close);
  const early = 6 + (keyAt(key, 60) % 20);
  const late = 34 + (keyAt(key, 61) % 20);
  if (needsHigh && needsLow) {
    const highFirst = open > close;
    path[early] = highFirst ? high : low;
    path[late] = highFirst ? low : high;
    return [early, late];
  }
  if (!needsHigh && !needsLow) return [];
  const at = keyAt(key, 62) % 2 === 0 ? early : late;
  path[at] = needsHigh ? high : low;
  return [at];
}

interface Minute {
  readonly path: Float64Array;
  readonly span: Span;
  readonly key: number;
}

function fillBetween(minute: Minute, from: number, to: number): void {
  if (to - from < 2) return;
  const { path, span, key } = minute;
  const middle = (from + to) >> 1;
  const start = path[from] ?? 0;
  const straight = start + (((path[to] ?? 0) - start) * (middle - from)) / (to - from);
  const sway = bellAt(key, middle) * (span.high - span.low) * SWAY * Math.sqrt(to - from);
  path[middle] = Math.min(span.high, Math.max(span.low, Math.round(straight + sway)));
  fillBetween(minute, from, middle);
  fillBetween(minute, middle, to);
}
