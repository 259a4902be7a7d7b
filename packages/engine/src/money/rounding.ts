/**
 * How a figure that does not fit is shortened. `half-even` is the default everywhere: over many postings its errors cancel,
 * where `half-up` would drift. `half-up` takes a tie away from zero, `down` cuts towards zero, `up` goes away from zero,
 * `floor` goes towards minus infinity and `ceiling` towards plus infinity.
 */
export type Rounding = 'half-even' | 'half-up' | 'down' | 'up' | 'floor' | 'ceiling';

/** The precision a result is rounded to: decimals kept (0 to 18) and the mode, `half-even` when left out. */
export interface Precision {
  readonly places: number;
  readonly rounding?: Rounding | undefined;
}

/** `numerator / denominator` as a whole number, rounded once. The denominator must not be zero. */
export function roundedQuotient(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const quotient = numerator / denominator;
  const remainder = numerator - quotient * denominator;
  if (remainder === 0n) return quotient;
  const negative = remainder < 0n !== denominator < 0n;
  return awayFromZero({ quotient, remainder, denominator }, rounding, negative) ? quotient + (negative ? -1n : 1n) : quotient;
}

interface Division {
  readonly quotient: bigint;
  readonly remainder: bigint;
  readonly denominator: bigint;
}

function awayFromZero(division: Division, rounding: Rounding, negative: boolean): boolean {
  switch (rounding) {
    case 'half-even': {
      const side = comparedToHalf(division);
      return side > 0 || (side === 0 && (division.quotient & 1n) === 1n);
    }
    case 'half-up':
      return comparedToHalf(division) >= 0;
    case 'down':
      return false;
    case 'up':
      return true;
    case 'floor':
      return negative;
    case 'ceiling':
      return !negative;
  }
}

function comparedToHalf({ remainder, denominator }: Division): number {
  const doubled = remainder < 0n ? -remainder * 2n : remainder * 2n;
  const whole = denominator < 0n ? -denominator : denominator;
  return doubled > whole ? 1 : doubled < whole ? -1 : 0;
}
