import { decimalFromInteger, type Decimal } from '../../money/index.ts';
import type { Bar } from '../bar.ts';
import type { Span } from './span.ts';

/** A price in ticks as the exact decimal it stands for. */
export function priceOf(ticks: number, tickSize: Decimal): Decimal {
  return (BigInt(ticks) * tickSize) as Decimal;
}

/** A span in ticks as a bar. */
export function barOf(span: Span, tickSize: Decimal, startAt: number): Bar {
  return {
    startAt,
    open: priceOf(span.open, tickSize),
    high: priceOf(span.high, tickSize),
    low: priceOf(span.low, tickSize),
    close: priceOf(span.close, tickSize),
    volume: decimalFromInteger(span.volume),
  };
}
