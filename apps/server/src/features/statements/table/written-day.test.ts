import { describe, expect, test } from 'vitest';
import { readMoment } from './written-day.ts';

describe('days', () => {
  test.each([
    ['2025-04-03', 'dmy', '2025-04-03'],
    ['2025/4/3', 'mdy', '2025-04-03'],
    ['20250403', 'mdy', '2025-04-03'],
    ['03/04/2025', 'dmy', '2025-04-03'],
    ['03/04/2025', 'mdy', '2025-03-04'],
    ['3.4.25', 'dmy', '2025-04-03'],
    ['31-12-99', 'dmy', '1999-12-31'],
    ['3 Apr 2025', 'mdy', '2025-04-03'],
    ['03-MAR-25', 'dmy', '2025-03-03'],
    ['3. März 2025', 'dmy', '2025-03-03'],
    ['15 déc. 2024', 'dmy', '2024-12-15'],
    ['1 février 2024', 'dmy', '2024-02-01'],
    ['8 juillet 2024', 'dmy', '2024-07-08'],
    ['8 juin 2024', 'dmy', '2024-06-08'],
    ['4 août 2024', 'dmy', '2024-08-04'],
    ['1 mei 2024', 'dmy', '2024-05-01'],
    ['1 mrt 2024', 'dmy', '2024-03-01'],
    ['1 ene 2024', 'dmy', '2024-01-01'],
    ['1 gennaio 2024', 'dmy', '2024-01-01'],
    ['1 outubro 2024', 'dmy', '2024-10-01'],
    ['April 3, 2025', 'dmy', '2025-04-03'],
    ['29/02/2024', 'dmy', '2024-02-29'],
    ['29/02/2023', 'dmy', null],
    ['13/13/2025', 'dmy', null],
    ['3 Foo 2025', 'dmy', null],
    ['yesterday', 'dmy', null],
    ['', 'dmy', null],
    ['2025-04-03 and more', 'dmy', null],
    [`2025-04-03${' '.repeat(100)}x`, 'dmy', null],
  ] as const)('%s, %s: %s', (text, order, day) => {
    expect(readMoment(text, { order, zone: null })).toBe(day);
  });
});

describe('times', () => {
  test.each([
    ['2025-04-03 14:30:05.5', 'UTC', '2025-04-03T14:30:05.500Z'],
    ['2025-04-03T14:30:00Z', null, '2025-04-03T14:30:00.000Z'],
    ['2025-04-03T14:30:00+02:00', null, '2025-04-03T12:30:00.000Z'],
    ['20250403;093005', 'America/New_York', '2025-04-03T13:30:05.000Z'],
    ['2025-01-03, 09:30:00', 'America/New_York', '2025-01-03T14:30:00.000Z'],
    ['03-01-2025 09:05', 'Europe/Amsterdam', '2025-01-03T08:05:00.000Z'],
    ['01/03/2025 2:05 PM', 'UTC', '2025-03-01T14:05:00.000Z'],
    ['01/03/2025 12:05 am', 'UTC', '2025-03-01T00:05:00.000Z'],
    // The clocks of Amsterdam skip the hour from two to three on that day.
    ['30-03-2025 02:30', 'Europe/Amsterdam', '2025-03-30T01:30:00.000Z'],
    ['2025-04-03 14:30', null, '2025-04-03'],
    ['2025-04-03 25:00', 'UTC', null],
    ['2025-04-03 10:61', 'UTC', null],
  ] as const)('%s in %s: %s', (text, zone, instant) => {
    expect(readMoment(text, { order: 'dmy', zone })).toBe(instant);
  });
});
