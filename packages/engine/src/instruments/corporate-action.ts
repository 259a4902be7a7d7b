import { DecimalError, divide, formatDecimal, multiply, ONE, subtract, type CurrencyCode, type Decimal } from '../money/index.ts';
import { formatDay, type Day } from '../time/index.ts';

/** `newShares` for every `oldShares`: 7 for 1 is a sevenfold split, 1 for 10 a reverse split, 11 for 10 a stock dividend of 10 %. */
export interface Split {
  readonly kind: 'split';
  /** The first day on which the price is that of the new shares. */
  readonly exOn: Day;
  readonly newShares: Decimal;
  readonly oldShares: Decimal;
}

/** Cash per share, owed to who holds it before the ex-date and paid on `payOn`. */
export interface CashDividend {
  readonly kind: 'cashDividend';
  readonly exOn: Day;
  readonly payOn: Day | null;
  readonly amountPerShare: Decimal;
  readonly currency: CurrencyCode;
}

export type CorporateAction = Split | CashDividend;

/** New shares per old share: 7 for a 7-for-1 split. Throws `DecimalError` unless both counts are positive. */
export function splitRatio({ newShares, oldShares }: Pick<Split, 'newShares' | 'oldShares'>): Decimal {
  if (newShares > 0n && oldShares > 0n) return divide(newShares, oldShares);
  throw new DecimalError(`A split of ${formatDecimal(newShares)} for ${formatDecimal(oldShares)} is not possible: both must be positive.`);
}

/** What the prices and volumes of days before `exOn` are multiplied with, so that they compare with those after it. */
export interface AdjustmentFactor {
  readonly exOn: Day;
  readonly priceFactor: Decimal;
  readonly volumeFactor: Decimal;
}

/**
 * The factor of one action. A split divides earlier prices by its ratio and multiplies earlier volumes with it; a dividend multiplies
 * earlier prices with `(close before the ex-date - dividend) / close before the ex-date`.
 * Throws `DecimalError` for a dividend that is not below the close before it, since no positive price could be left.
 */
export function adjustmentFactor(action: CorporateAction, closeBefore: Decimal): AdjustmentFactor {
  if (action.kind === 'split') {
    const volumeFactor = splitRatio(action);
    return { exOn: action.exOn, priceFactor: divide(action.oldShares, action.newShares), volumeFactor };
  }
  const { amountPerShare, exOn } = action;
  if (closeBefore <= 0n || amountPerShare >= closeBefore) {
    throw new DecimalError(
      `A dividend of ${formatDecimal(amountPerShare)} is not below the close of ${formatDecimal(closeBefore)} before ${formatDay(exOn)}.`,
    );
  }
  return { exOn, priceFactor: divide(subtract(closeBefore, amountPerShare), closeBefore), volumeFactor: ONE };
}

/** The factors of a day: the product over every action whose ex-date is after it. 1 from the last ex-date on. */
export function factorOn(factors: readonly AdjustmentFactor[], day: Day): Omit<AdjustmentFactor, 'exOn'> {
  let priceFactor = ONE;
  let volumeFactor = ONE;
  for (const factor of factors) {
    if (factor.exOn <= day) continue;
    priceFactor = multiply(priceFactor, factor.priceFactor);
    volumeFactor = multiply(volumeFactor, factor.volumeFactor);
  }
  return { priceFactor, volumeFactor };
}

/** The back-adjusted price of a day. Never to be mixed with lots, which keep the prices that were paid. */
export function adjustPrice(price: Decimal, factors: readonly AdjustmentFactor[], day: Day): Decimal {
  return multiply(price, factorOn(factors, day).priceFactor);
}
