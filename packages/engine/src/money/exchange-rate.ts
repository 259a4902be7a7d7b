import type { CurrencyCode } from './currency.ts';
import { divide, multiply, ONE, prorate, type Decimal } from './decimal.ts';

/** One unit of `from` is worth `rate` units of `to`: { from: 'EUR', to: 'USD', rate: 1.10 } is 1.10 USD per EUR. */
export interface ExchangeRate {
  readonly from: CurrencyCode;
  readonly to: CurrencyCode;
  readonly rate: Decimal;
}

/** A rate that cannot be one, or two rates that do not fit together. */
export class ExchangeRateError extends Error {
  override readonly name = 'ExchangeRateError';
}

/** The same rate seen from the other side, to 18 decimals. */
export function invertRate({ from, to, rate }: ExchangeRate): ExchangeRate {
  return { from: to, to: from, rate: divide(ONE, positive(rate)) };
}

/** Two rates that meet in the middle: EUR to USD and USD to JPY give EUR to JPY. Throws `ExchangeRateError` when they do not meet. */
export function chainRates(first: ExchangeRate, second: ExchangeRate): ExchangeRate {
  if (first.to !== second.from) {
    throw new ExchangeRateError(`A rate to ${first.to} cannot be continued by a rate from ${second.from}.`);
  }
  return { from: first.from, to: second.to, rate: multiply(first.rate, second.rate) };
}

/** The amount in the currency the rate leads to, to 18 decimals; a posting is rounded by `roundMoney` afterwards. */
export function convert(amount: Decimal, { rate }: ExchangeRate): Decimal {
  return multiply(amount, rate);
}

/** Rates of one currency against the table's base, by day. Days count as in `time`, ascending; `rates` are units per one of the base. */
export interface RateSeries {
  readonly days: readonly number[];
  readonly unitsPerBase: readonly Decimal[];
}

/** Daily rates of several currencies against one base, as central banks publish them (1 EUR = x). */
export interface RateTable {
  readonly base: CurrencyCode;
  readonly series: ReadonlyMap<CurrencyCode, RateSeries>;
}

/** Checks that each series is as long as its days, ascending and positive. Throws `ExchangeRateError` where one is not. */
export function rateTable(base: CurrencyCode, series: ReadonlyMap<CurrencyCode, RateSeries>): RateTable {
  for (const [code, { days, unitsPerBase }] of series) {
    if (days.length !== unitsPerBase.length)
      throw new ExchangeRateError(`${code} has ${days.length} days and ${unitsPerBase.length} rates.`);
    days.forEach((day, index) => {
      if (index > 0 && day <= (days[index - 1] ?? day)) throw new ExchangeRateError(`The days of ${code} do not ascend.`);
    });
    for (const rate of unitsPerBase) positive(rate);
  }
  return { base, series };
}

/**
 * The rate of a day between any two currencies of the table, crossed over its base and rounded once. A day without a rate takes
 * the last earlier one; null when there is none, since a rate from the future would change when history is loaded.
 */
export function rateOn(
  table: RateTable,
  pair: { readonly from: CurrencyCode; readonly to: CurrencyCode },
  day: number,
): ExchangeRate | null {
  const { from, to } = pair;
  if (from === to) return { from, to, rate: ONE };
  const perBaseFrom = unitsPerBaseOn(table, from, day);
  const perBaseTo = unitsPerBaseOn(table, to, day);
  if (perBaseFrom === null || perBaseTo === null) return null;
  return { from, to, rate: prorate(perBaseTo, { part: ONE, whole: perBaseFrom }) };
}

function unitsPerBaseOn(table: RateTable, code: CurrencyCode, day: number): Decimal | null {
  if (code === table.base) return ONE;
  const series = table.series.get(code);
  if (series === undefined) return null;
  let low = 0;
  let high = series.days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((series.days[middle] ?? Infinity) <= day) low = middle + 1;
    else high = middle;
  }
  return series.unitsPerBase[low - 1] ?? null;
}

function positive(rate: Decimal): Decimal {
  if (rate <= 0n) throw new ExchangeRateError('An exchange rate is more than zero.');
  return rate;
}
