/** Sums and quantiles over typed arrays. Each gives null where there are too few values to mean anything. */

export function mean(values: Float64Array): number | null {
  if (values.length === 0) return null;
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}

/** Sample standard deviation (n - 1); null below two values. Values that are all alike give exactly 0. */
export function standardDeviation(values: Float64Array): number | null {
  const average = mean(values);
  if (average === null || values.length < 2) return null;
  let squares = 0;
  for (const value of values) squares += (value - average) ** 2;
  const deviation = Math.sqrt(squares / (values.length - 1));
  // Alike values can differ from their own mean in the last bit; a ratio over that would be a huge number instead of none.
  return deviation <= Math.abs(average) * ROUNDING ? 0 : deviation;
}

/** Sample covariance of the values that stand at equal places; null below two. */
export function covariance(a: Float64Array, b: Float64Array): number | null {
  const [meanA, meanB] = [mean(a), mean(b)];
  if (meanA === null || meanB === null || a.length !== b.length || a.length < 2) return null;
  let products = 0;
  for (let index = 0; index < a.length; index += 1) products += ((a[index] ?? 0) - meanA) * ((b[index] ?? 0) - meanB);
  return products / (a.length - 1);
}

/** Quantile by linear interpolation between order statistics (Hyndman and Fan type 7, as spreadsheets and numpy do). */
export function quantile(values: Float64Array, probability: number): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (position - below) * (high - low);
}

/**
 * The standard normal quantile, right to about nine digits: Peter J. Acklam, "An algorithm for computing the inverse normal cumulative
 * distribution function" (2003). The probability lies between 0 and 1.
 */
export function normalQuantile(probability: number): number {
  if (probability > 1 - TAIL) return -normalQuantile(1 - probability);
  if (probability < TAIL) {
    const q = Math.sqrt(-2 * Math.log(probability));
    return polynomial(TAIL_TOP, q) / (polynomial(TAIL_BOTTOM, q) * q + 1);
  }
  const q = probability - 0.5;
  const r = q * q;
  return (polynomial(CENTRE_TOP, r) * q) / (polynomial(CENTRE_BOTTOM, r) * r + 1);
}

const ROUNDING = 1e-14;
const TAIL = 0.02425;
const CENTRE_TOP = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1, 2.506628277459239,
];
const CENTRE_BOTTOM = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1];
const TAIL_TOP = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783,
];
const TAIL_BOTTOM = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];

/** Coefficients from the highest power down. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((value, coefficient) => value * x + coefficient, 0);
}
