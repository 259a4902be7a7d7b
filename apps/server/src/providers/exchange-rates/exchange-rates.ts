import type { Decimal } from '@holdfast/engine/money';
import type { Day } from '@holdfast/engine/time';

/** Rates between currencies, by day (UTC). A day without a rate has the last earlier one. */
export interface ExchangeRates {
  /** Units of `to` per one `from` on the day of the instant (epoch milliseconds); 1 for the same currency, null when not known. */
  rate(from: string, to: string, at: number): Decimal | null;
  /** The same by day, with the day the rate is of. */
  rateOn(from: string, to: string, day: Day): { readonly day: Day; readonly rate: Decimal } | null;
  /** The currencies it has rates for, by code. */
  readonly currencies: readonly string[];
  readonly source: string;
}
