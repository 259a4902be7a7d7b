import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  addYears,
  dateOf,
  day,
  DayError,
  dayOfDate,
  dayOfInstant,
  endOfMonth,
  endOfYear,
  FIRST_DAY,
  formatDay,
  isWeekday,
  LAST_DAY,
  parseDay,
  periodOfRange,
  startOfDayAt,
  startOfMonth,
  startOfWeek,
  startOfYear,
  weekday,
} from './index.ts';

const days = fc.integer({ min: FIRST_DAY, max: LAST_DAY });

describe('the worked example of the front door', () => {
  it('holds', () => {
    expect(formatDay(addMonths(day('2024-03-31'), -1))).toBe('2024-02-29');
    expect(formatDay(periodOfRange('1M', day('2024-03-31'), day('2020-01-01')).from)).toBe('2024-03-01');
    expect(formatDay(dayOfInstant(Date.UTC(2024, 2, 8, 2, 30), -300))).toBe('2024-03-07');
  });
});

describe('a day', () => {
  it('agrees with the calendar of the language on every day of four-digit years', () => {
    fc.assert(
      fc.property(days, (value) => {
        const reference = new Date(value * 86_400_000);
        expect(formatDay(value)).toBe(reference.toISOString().slice(0, 10));
        expect(weekday(value)).toBe(reference.getUTCDay() === 0 ? 7 : reference.getUTCDay());
        expect(parseDay(formatDay(value))).toBe(value);
        expect(dayOfDate(dateOf(value))).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '2024-04-31',
    '0000-01-01',
    '2024-1-1',
    ' 2024-01-01',
    '2024-01-01T00:00',
    '',
  ])('is not "%s"', (text) => {
    expect(parseDay(text)).toBeNull();
    expect(() => day(text)).toThrow(DayError);
  });

  it('starts with year 1 and ends with year 9999', () => {
    expect([formatDay(FIRST_DAY), formatDay(LAST_DAY)]).toEqual(['0001-01-01', '9999-12-31']);
    expect(() => addYears(LAST_DAY, 1)).toThrow(DayError);
  });

  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-12-15', 1, '2025-01-15'],
    ['2024-01-15', -1, '2023-12-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', -48, '2020-02-29'],
    ['2024-05-31', 0, '2024-05-31'],
  ])('%s plus %d months is %s', (from, months, expected) => {
    expect(formatDay(addMonths(day(from), months))).toBe(expected);
  });

  it('lies within its own week, month and year', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST_DAY + 7, max: LAST_DAY - 7 }), (value) => {
        expect(weekday(startOfWeek(value))).toBe(1);
        expect(value - startOfWeek(value)).toBeLessThan(7);
        expect([dateOf(startOfMonth(value)).dayOfMonth, dateOf(endOfMonth(value) + 1).dayOfMonth]).toEqual([1, 1]);
        expect(startOfMonth(value) <= value && value <= endOfMonth(value) && endOfMonth(value) - startOfMonth(value) < 31).toBe(true);
        expect(startOfYear(value) <= value && value <= endOfYear(value) && endOfYear(value) - startOfYear(value) < 366).toBe(true);
        expect(isWeekday(value)).toBe(weekday(value) < 6);
      }),
    );
  });

  it('begins at the instant its zone says, before and after 1970', () => {
    expect(startOfDayAt(day('2024-03-08'), -300)).toBe(Date.UTC(2024, 2, 8, 5));
    expect(dayOfInstant(Date.UTC(1969, 11, 31, 23, 59), 0)).toBe(-1);
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: -720, max: 840 }), (value, offset) => {
        const start = startOfDayAt(value, offset);
        expect([dayOfInstant(start - 1, offset), dayOfInstant(start, offset), dayOfInstant(start + 86_399_999, offset)]).toEqual([
          value - 1,
          value,
          value,
        ]);
      }),
    );
  });
});
