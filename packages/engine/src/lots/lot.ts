import type { Decimal } from '../money/index.ts';
import type { Day } from '../time/index.ts';

/** Shares that came in together. A lot that was sold short has a negative quantity, and its proceeds as negative cost. */
export interface Lot {
  /** Of the transaction that opened it. */
  readonly id: string;
  /** The oldest day in it where lots are pooled under average cost. */
  readonly acquiredOn: Day;
  readonly quantity: Decimal;
  /** What was posted for it, fees included, in the instrument's currency. A part taken out keeps 10 decimals. */
  readonly cost: Decimal;
  /** The same in the portfolio's base currency at the rate of the acquisition. */
  readonly baseCost: Decimal;
  /** Under `hifo`: by which the next to be sold is chosen, as it was when the lot opened. Kept with the lot, so that rounding in a partial
   *  sale cannot reorder equals, whether the book stays open or is opened again. */
  readonly unitCost?: Decimal | undefined;
}

/** Decimals of a cost that is split: enough that a thousand partial sales stay within a cent, and few enough to print. */
export const COST_PLACES = 10;
