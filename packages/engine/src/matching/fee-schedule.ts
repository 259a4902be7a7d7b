import { add, decimal, decimalFromInteger, divide, isPositive, maximum, multiply, roundMoney, ZERO } from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import type { FeeRules } from '../orders/index.ts';

const TEN_THOUSAND = decimalFromInteger(10_000);

/** Fee of a fill of `amount` in its currency, posted to minor units. `first` is false for the later fills of one order. */
export function feeOf(rules: FeeRules, fill: { readonly amount: Decimal; readonly currency: string; readonly first: boolean }): Decimal {
  const fixed = fill.first ? rules.fixed : ZERO;
  if (rules.basisPoints === 0 && !isPositive(fixed) && !isPositive(rules.minimum)) return ZERO;
  const proportional = divide(multiply(fill.amount, hundredths(rules.basisPoints)), TEN_THOUSAND);
  const fee = add(fixed, proportional);
  return roundMoney(fill.first ? maximum(fee, rules.minimum) : fee, fill.currency);
}

/** Basis points may have decimals: 12.5 is an eighth of a percent. */
function hundredths(basisPoints: number): Decimal {
  return Number.isInteger(basisPoints) ? decimalFromInteger(basisPoints) : decimal(String(basisPoints));
}
