/** Statistics of the prices of a period. Two volatilities, each by its own name. */
export interface PriceStatistics {
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly average: number;
  /** Sample standard deviation (divided by n - 1) of the prices themselves, in the price's currency; null below two prices. */
  readonly standardDeviation: number | null;
  /** Sample standard deviation of the returns from price to price, times the root of the periods in a year; null below two returns. */
  readonly annualizedReturnVolatility: number | null;
}

const TRADING_DAYS_A_YEAR = 252;

/** The statistics of prices in order of time, or null when there are none. A return after a price of 0 is left out. */
export function priceStatistics(prices: Float64Array, periodsPerYear: number = TRADING_DAYS_A_YEAR): PriceStatistics | null {
  if (prices.length === 0) return null;
  const returns = prices.map((price, index) => price / (prices[index - 1] ?? 0) - 1).filter(Number.isFinite);
  const deviation = sampleDeviation(returns);
  return {
    count: prices.length,
    minimum: prices.reduce((least, price) => Math.min(least, price)),
    maximum: prices.reduce((most, price) => Math.max(most, price)),
    average: mean(prices),
    standardDeviation: sampleDeviation(prices),
    annualizedReturnVolatility: deviation === null ? null : deviation * Math.sqrt(periodsPerYear),
  };
}

/** `sqrt(sum((x - mean)^2) / (n - 1))`, or null below two values. */
export function sampleDeviation(values: Float64Array): number | null {
  if (values.length < 2) return null;
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
