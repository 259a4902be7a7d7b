import { add, compare, decimal, isNegative, isPositive, multiply, type Decimal } from '../money/index.ts';

/** What a portfolio that trades on credit is judged by. All in its base currency. */
export interface MarginFigures {
  /** What it is worth in all: cash, borrowed or not, and holdings. */
  readonly equity: Decimal;
  /** What its holdings are worth. */
  readonly exposure: Decimal;
  readonly cash: Decimal;
  /** What orders can still take: cash and credit, less what open orders hold back. */
  readonly freeCash: Decimal;
  readonly creditLimit: Decimal;
}

/** Which lines a portfolio has passed. It is told at the moment it passes one, and again only when it has been clear of it. */
export interface MarginStanding {
  /** Its equity is less than a quarter of what it holds. */
  readonly belowMaintenance: boolean;
  /** Less than a fifth of its credit is left. */
  readonly creditLow: boolean;
}

export const NO_MARGIN_CALL: MarginStanding = { belowMaintenance: false, creditLow: false };

/** FINRA rule 4210(c)(1): 25 per cent of the current market value of all that is held long. */
export const MAINTENANCE_SHARE = decimal('0.25');
export const CREDIT_SHARE = decimal('0.2');
/** A line that was passed is cleared only so far on the other side, or prices that tremble around it would tell again and again. */
const CLEARANCE = decimal('0.05');

/** How a portfolio stands now, given how it stood before. Whoever borrows nothing has passed nothing. */
export function marginStanding(figures: MarginFigures, before: MarginStanding): MarginStanding {
  const { equity, exposure, cash, freeCash, creditLimit } = figures;
  const borrows = isNegative(cash);
  const isBelow = (value: Decimal, whole: Decimal, { share, wasBelow }: { readonly share: Decimal; readonly wasBelow: boolean }): boolean =>
    compare(value, multiply(whole, wasBelow ? add(share, CLEARANCE) : share)) < 0;
  return {
    belowMaintenance: borrows && isBelow(equity, exposure, { share: MAINTENANCE_SHARE, wasBelow: before.belowMaintenance }),
    creditLow: borrows && isPositive(creditLimit) && isBelow(freeCash, creditLimit, { share: CREDIT_SHARE, wasBelow: before.creditLow }),
  };
}
