import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { add, decimal, formatDecimal, roundTo, ZERO } from '../money/index.ts';
import { formatDay, parseDay, type Day } from '../time/index.ts';
import { accruedInterest, couponAmount, couponDays, DAY_COUNTS, type BondTerms } from './bond.ts';

const day = (text: string): Day => parseDay(text) ?? 0;
const TERMS: BondTerms = {
  ...{ faceValue: decimal('1000'), couponRate: decimal('0.05'), frequency: 2, dayCount: '30/360' },
  ...{ issuedOn: null, maturesOn: day('2030-03-01') },
};
const accrued = (terms: Partial<BondTerms>, on: string) => formatDecimal(roundTo(accruedInterest({ ...TERMS, ...terms }, day(on)), 8));

test.each([
  // 1 March to 17 July: 4 months of 30 and 16 days are 136; 1,000 x 0.05 x 136 / 360.
  [{}, '2026-07-17', '18.88888889'],
  // 138 real days, over 365, over 360, and over the 184 of the half year to 1 September (25 x 138 / 184).
  [{ dayCount: 'ACT/365' }, '2026-07-17', '18.90410959'],
  [{ dayCount: 'ACT/360' }, '2026-07-17', '19.16666667'],
  [{ dayCount: 'ACT/ACT' }, '2026-07-17', '18.75'],
  // From the 28 February to 31 August, US and European: 30 x 6 + 3 = 183, and 30 x 6 + 2 = 182.
  [{ maturesOn: day('2030-02-28'), frequency: 1, dayCount: '30/360' }, '2026-08-31', '25.41666667'],
  [{ maturesOn: day('2030-02-28'), frequency: 1, dayCount: '30E/360' }, '2026-08-31', '25.27777778'],
  // On the 31st from the 30th: none in both, since the 31st counts as the 30th.
  [{ maturesOn: day('2030-03-30'), frequency: 4 }, '2026-12-31', '0'],
  // Nothing on a coupon day, without coupons, before the issue, at and after maturity.
  [{}, '2026-09-01', '0'],
  [{ frequency: 0 }, '2026-07-17', '0'],
  [{ issuedOn: day('2026-07-17') }, '2026-07-17', '0'],
  [{}, '2030-03-01', '0'],
  [{}, '2031-01-01', '0'],
  // In a short first period interest runs from the issue: 16 of 30 days of July and 0.05 x 1,000 / 360 a day.
  [{ issuedOn: day('2026-07-01') }, '2026-07-17', '2.22222222'],
] as const)('%j on %s: %s', (terms, on, expected) => {
  expect(accrued(terms as Partial<BondTerms>, on)).toBe(expected);
});

test('coupon days are counted back from maturity, and a short month has its last day', () => {
  const of = (terms: Partial<BondTerms>, after: string, until: string) =>
    couponDays({ ...TERMS, ...terms }, { after: day(after), until: day(until) }).map(formatDay);
  expect(of({}, '2026-03-01', '2027-03-01')).toEqual(['2026-09-01', '2027-03-01']);
  expect(of({ maturesOn: day('2026-08-31') }, '2025-01-01', '2030-01-01')).toEqual([
    '2025-02-28',
    '2025-08-31',
    '2026-02-28',
    '2026-08-31',
  ]);
  expect(of({ issuedOn: day('2029-06-01') }, '2020-01-01', '2040-01-01')).toEqual(['2029-09-01', '2030-03-01']);
  expect(of({ frequency: 0 }, '2020-01-01', '2040-01-01')).toEqual([]);
  expect(formatDecimal(couponAmount(TERMS))).toBe('25');
});

it('interest grows from one coupon to the next, and never beyond a coupon of the longest period', () => {
  const terms = fc.record({
    dayCount: fc.constantFrom(...DAY_COUNTS),
    frequency: fc.constantFrom(1, 2, 4, 12),
    offset: fc.integer({ min: 1, max: 3_600 }),
  });
  fc.assert(
    fc.property(terms, ({ dayCount, frequency, offset }) => {
      const bond = { ...TERMS, dayCount, frequency } as BondTerms;
      const on = TERMS.maturesOn - offset;
      const [today, tomorrow] = [accruedInterest(bond, on), accruedInterest(bond, on + 1)];
      const paid = couponDays(bond, { after: on, until: on + 1 }).length > 0;
      expect(paid ? tomorrow === ZERO : tomorrow >= today).toBe(true);
      // ACT/360 pays at most 366 of 360 days a year, and no quarter has more than 92.
      expect(today <= add(couponAmount(bond), decimal('1'))).toBe(true);
    }),
  );
});
