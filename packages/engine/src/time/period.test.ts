import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, formatDay, monthName, monthsOf, periodOfRange, RANGES, taxYear, taxYearOf, yearsOf, type Period } from './index.ts';

const shown = ({ from, to }: Period): string => `${formatDay(from)}..${formatDay(to)}`;

describe('a range that ends on 2024-03-31', () => {
  it.each([
    ['1D', '2024-03-31..2024-03-31'],
    ['1W', '2024-03-25..2024-03-31'],
    ['1M', '2024-03-01..2024-03-31'],
    ['3M', '2024-01-01..2024-03-31'],
    ['YTD', '2024-01-01..2024-03-31'],
    ['1Y', '2023-04-01..2024-03-31'],
    ['5Y', '2020-01-02..2024-03-31'], // cut to the first day there is
    ['All', '2020-01-02..2024-03-31'],
  ] as const)('%s is %s', (range, expected) => {
    expect(shown(periodOfRange(range, day('2024-03-31'), day('2020-01-02')))).toBe(expected);
  });

  it('is today alone when the first day is later than the range, or later than today', () => {
    for (const range of RANGES) expect(shown(periodOfRange(range, day('2024-03-31'), day('2024-05-01')))).toBe('2024-03-31..2024-03-31');
  });
});

describe('a period', () => {
  it('is cut into months and years that cover it without a gap', () => {
    expect(monthsOf({ from: day('2024-01-30'), to: day('2024-03-02') }).map(shown)).toEqual([
      '2024-01-30..2024-01-31',
      '2024-02-01..2024-02-29',
      '2024-03-01..2024-03-02',
    ]);
    expect(yearsOf({ from: day('2023-12-31'), to: day('2024-01-01') }).map(shown)).toEqual([
      '2023-12-31..2023-12-31',
      '2024-01-01..2024-01-01',
    ]);
    expect(monthName(day('2024-03-02'))).toBe('2024-03');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 2000 }), (from, length) => {
        for (const parts of [monthsOf({ from, to: from + length }), yearsOf({ from, to: from + length })]) {
          expect(parts.reduce((next, part) => (part.from === next ? part.to + 1 : NaN), from)).toBe(from + length + 1);
        }
      }),
    );
  });
});

describe('a tax year', () => {
  const april = { month: 4, dayOfMonth: 6 };

  it('is the calendar year, or begins where the country says', () => {
    expect(shown(taxYear(2024))).toBe('2024-01-01..2024-12-31');
    expect(shown(taxYear(2024, april))).toBe('2024-04-06..2025-04-05');
    expect([taxYearOf(day('2025-04-05'), april), taxYearOf(day('2025-04-06'), april), taxYearOf(day('2025-04-05'))]).toEqual([
      2024, 2025, 2025,
    ]);
  });
});
