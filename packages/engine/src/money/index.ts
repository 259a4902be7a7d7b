/**
 * Money: the numbers everything else counts with.
 *
 * A *decimal* is a fixed-point number with 18 decimals, held as a bigint, so that 0.1 + 0.2 is 0.3 and a sum does not depend on
 * its order. *Rounding* happens where a figure is posted or shown, by name, once, and half-even unless said otherwise.
 * A *currency* says to how many decimals its amounts are posted (its *minor units*). An *exchange rate* names both its sides.
 *
 * Worked example: 12 shares at 100.345 USD with a fee of 0.99 USD cost 12 * 100.345 + 0.99 = 1,205.13 USD.
 * At 1.10 USD per EUR that is 1,205.13 / 1.10 = 1,095.572… EUR, posted as 1,095.57 EUR.
 *
 *     const cost = add(multiplyMoney(decimal('12'), decimal('100.345'), 'USD'), decimal('0.99'));
 *     formatMoney(cost, 'USD');                                                        // "1,205.13 USD"
 *     const eurPerUsd = invertRate({ from: 'EUR', to: 'USD', rate: decimal('1.10') });
 *     formatMoney(convert(cost, eurPerUsd), 'EUR');                                    // "1,095.57 EUR"
 */
export { type Precision, type Rounding } from './rounding.ts';
export {
  absolute,
  add,
  compare,
  DECIMAL_PLACES,
  decimal,
  DecimalError,
  decimalFromInteger,
  decimalFromNumber,
  divide,
  divideRounded,
  floorToStep,
  formatDecimal,
  formatFixed,
  isNegative,
  isPositive,
  isZero,
  maximum,
  minimum,
  multiply,
  multiplyRounded,
  negate,
  ONE,
  parseDecimal,
  prorate,
  roundTo,
  subtract,
  sum,
  toNumber,
  WHOLE_DIGITS,
  ZERO,
  type Decimal,
} from './decimal.ts';
export { CurrencyError, findCurrency, listCurrencies, minorUnits, type Currency, type CurrencyCode } from './currency.ts';
export { formatMoney, multiplyMoney, roundMoney, smallestAmount } from './money.ts';
export {
  chainRates,
  convert,
  ExchangeRateError,
  invertRate,
  rateOn,
  rateTable,
  type ExchangeRate,
  type RateSeries,
  type RateTable,
} from './exchange-rate.ts';
