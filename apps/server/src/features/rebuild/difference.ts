import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';

/** Where what is stored is not what the facts give. */
export interface Difference {
  readonly portfolioId: string;
  /** Which figure of which thing: "position AAPL: quantity". */
  readonly what: string;
  readonly stored: string;
  readonly rebuilt: string;
}

/** The same of an instrument's bars: open, high, low, close and volume. */
export interface BarDifference {
  /** With its exchange: "AIG.NYSE". */
  readonly symbol: string;
  readonly what: string;
  readonly stored: string;
  readonly rebuilt: string;
}

/** Tells of a figure that differs; the portfolio is known to the one who listens. */
export type Differ = (what: string, stored: string, rebuilt: string) => void;

export function differIf(differ: Differ, what: string, [stored, rebuilt]: readonly [stored: string | null, rebuilt: Decimal]): void {
  if (stored === null || decimal(stored) !== rebuilt) differ(what, stored === null ? 'nothing' : plain(stored), formatDecimal(rebuilt));
}

/** Columns print all their decimals; people read those that count. */
export function plain(text: string): string {
  return formatDecimal(decimal(text));
}
