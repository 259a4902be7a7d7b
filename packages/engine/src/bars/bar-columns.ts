import { toNumber } from '../money/index.ts';
import type { Bar } from './bar.ts';

/** Bars as columns of floating-point numbers, for statistics and charts. Amounts never come back from here. */
export interface BarColumns {
  readonly startAt: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

export function columnsOf(bars: readonly Bar[]): BarColumns {
  const column = (of: (bar: Bar) => number): Float64Array => Float64Array.from(bars, of);
  return {
    startAt: column((bar) => bar.startAt),
    open: column((bar) => toNumber(bar.open)),
    high: column((bar) => toNumber(bar.high)),
    low: column((bar) => toNumber(bar.low)),
    close: column((bar) => toNumber(bar.close)),
    volume: column((bar) => toNumber(bar.volume)),
  };
}
