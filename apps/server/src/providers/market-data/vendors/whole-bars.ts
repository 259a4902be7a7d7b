import { barFault } from '@holdfast/engine/bars';
import type { Bar } from '@holdfast/engine/bars';
import { splitRatio } from '@holdfast/engine/instruments';
import type { Split } from '@holdfast/engine/instruments';
import { decimalFromInteger, divide, maximum, minimum, multiply, ONE, roundTo } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Day } from '@holdfast/engine/time';
import type { HistoryRequest } from '../market-data.ts';

/** A bar of what a vendor wrote, or null when a figure is missing. */
export function barFrom(startAt: number | null, figures: { readonly [Key in Exclude<keyof Bar, 'startAt'>]: Decimal | null }): Bar | null {
  const { open, high, low, close, volume } = figures;
  if (startAt === null || open === null || high === null || low === null || close === null || volume === null) return null;
  return { startAt, open, high, low, close, volume };
}

/** The bars of a request in order of time, each instant once; what a vendor wrote that cannot be a bar is left out. */
export function wholeBars(bars: readonly (Bar | null)[], { fromMs, toMs }: Pick<HistoryRequest, 'fromMs' | 'toMs'>): readonly Bar[] {
  const byStart = new Map<number, Bar>();
  for (const bar of bars) {
    if (bar === null || bar.startAt < fromMs || bar.startAt >= toMs || barFault(bar) !== null) continue;
    byStart.set(bar.startAt, bar);
  }
  return [...byStart.values()].sort((a, b) => a.startAt - b.startAt);
}

/** More places than a price has would only show the noise of the division. */
const PLACES = 6;

/**
 * Prices as they were traded, from a vendor that divides the past by every later split. `splits` must be all of them up to today:
 * the vendor has adjusted for those too that came after the bars asked for.
 */
export function undoSplits(bars: readonly Bar[], splits: readonly Split[], dayOf: (at: number) => Day): readonly Bar[] {
  if (splits.length === 0) return bars;
  return bars.map((bar) => {
    const ratio = laterSplits(splits, dayOf(bar.startAt));
    return ratio === ONE ? bar : scaled(bar, ratio);
  });
}

/** How many shares one of that day has become since. */
export function laterSplits(splits: readonly Split[], day: Day): Decimal {
  return splits.reduce((product, split) => (split.exOn > day ? multiply(product, splitRatio(split)) : product), ONE);
}

function scaled(bar: Bar, ratio: Decimal): Bar {
  const [open, high, low, close] = [bar.open, bar.high, bar.low, bar.close].map((figure) => roundTo(multiply(figure, ratio), PLACES));
  if (open === undefined || high === undefined || low === undefined || close === undefined) return bar;
  return {
    startAt: bar.startAt,
    open,
    high: maximum(high, maximum(open, close)),
    low: minimum(low, minimum(open, close)),
    close,
    volume: roundTo(divide(bar.volume, ratio), 0),
  };
}

const HUNDRED = decimalFromInteger(100);

export function hundredth(figure: Decimal): Decimal {
  return divide(figure, HUNDRED);
}

/** A bar whose prices are in hundredths of the currency, in the currency. */
export function inWholes({ open, high, low, close, ...rest }: Bar): Bar {
  return { ...rest, open: hundredth(open), high: hundredth(high), low: hundredth(low), close: hundredth(close) };
}
