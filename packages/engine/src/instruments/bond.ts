import { decimalFromInteger, divide, multiply, ZERO, type Decimal } from '../money/index.ts';
import { addMonths, dateOf, type Day } from '../time/index.ts';

/**
 * How days become parts of a year: ISDA 2006 Definitions, section 4.16: `30/360` is (f), `30E/360` (g), `ACT/365` (d), `ACT/360` (e);
 * `ACT/ACT` is that of ICMA rule 251, days over the days of the coupon period.
 */
export type DayCount = '30/360' | '30E/360' | 'ACT/ACT' | 'ACT/365' | 'ACT/360';
export const DAY_COUNTS: readonly DayCount[] = Object.freeze(['30/360', '30E/360', 'ACT/ACT', 'ACT/365', 'ACT/360']);

/** Coupons a year; 0 for a bond that pays none. */
export type CouponFrequency = 0 | 1 | 2 | 4 | 12;

export interface BondTerms {
  /** What one unit is redeemed at. With 100, prices are per cent of the nominal value. */
  readonly faceValue: Decimal;
  /** A year, as a fraction: 0.05 is 5 %. */
  readonly couponRate: Decimal;
  readonly frequency: CouponFrequency;
  readonly dayCount: DayCount;
  /** The day interest begins to run; null where it always ran. */
  readonly issuedOn: Day | null;
  readonly maturesOn: Day;
}

/** What one unit pays on a coupon day. */
export function couponAmount({ faceValue, couponRate, frequency }: BondTerms): Decimal {
  return frequency === 0 ? ZERO : divide(multiply(faceValue, couponRate), decimalFromInteger(frequency));
}

/** Coupon days after `after` and up to `until`, counted back from maturity in whole months; a month too short has its last day. */
export function couponDays(terms: BondTerms, { after, until }: { readonly after: Day; readonly until: Day }): readonly Day[] {
  const { frequency, issuedOn, maturesOn } = terms;
  if (frequency === 0) return [];
  const days: Day[] = [];
  for (let back = 0; ; back += 1) {
    const day = addMonths(maturesOn, (-back * 12) / frequency);
    if (day <= after || (issuedOn !== null && day <= issuedOn)) return days.reverse();
    if (day <= until) days.push(day);
  }
}

/** Interest of one unit from the last coupon up to the day, not rounded. Zero before the issue and from maturity on. */
export function accruedInterest(terms: BondTerms, on: Day): Decimal {
  const { faceValue, couponRate, frequency, dayCount, issuedOn, maturesOn } = terms;
  if (frequency === 0 || on >= maturesOn || (issuedOn !== null && on <= issuedOn)) return ZERO;
  const { start, end } = periodOf(terms, on);
  const from = issuedOn === null ? start : Math.max(start, issuedOn);
  const year = multiply(faceValue, couponRate);
  switch (dayCount) {
    case 'ACT/ACT':
      return divide(multiply(year, decimalFromInteger(on - from)), decimalFromInteger(frequency * (end - start)));
    case 'ACT/365':
      return divide(multiply(year, decimalFromInteger(on - from)), decimalFromInteger(365));
    case 'ACT/360':
      return divide(multiply(year, decimalFromInteger(on - from)), decimalFromInteger(360));
    case '30/360':
    case '30E/360':
      return divide(multiply(year, decimalFromInteger(thirties(from, on, dayCount))), decimalFromInteger(360));
  }
}

/** The coupon period that the day lies in: from a coupon day up to the next. */
function periodOf({ frequency, maturesOn }: BondTerms, on: Day): { readonly start: Day; readonly end: Day } {
  const months = 12 / Math.max(1, frequency);
  let end = maturesOn;
  for (let back = 1; ; back += 1) {
    const start = addMonths(maturesOn, -back * months);
    if (start <= on) return { start, end };
    end = start;
  }
}

function thirties(from: Day, to: Day, dayCount: '30/360' | '30E/360'): number {
  const [one, other] = [dateOf(from), dateOf(to)];
  const first = Math.min(one.dayOfMonth, 30);
  const cut = dayCount === '30E/360' || first === 30;
  const second = cut ? Math.min(other.dayOfMonth, 30) : other.dayOfMonth;
  return 360 * (other.year - one.year) + 30 * (other.month - one.month) + (second - first);
}
