import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { easterSunday } from './calendars/dates.ts';
import { LAST_ANNOUNCED_YEAR } from './calendars/india.ts';
import {
  day,
  formatDay,
  hasCalendar,
  holidays,
  isOpen,
  isTradingDay,
  nextClose,
  nextOpen,
  previousTradingDay,
  sessionOf,
  weekday,
  type TradingSession,
} from './index.ts';

/** Months and days of a year's holidays, short days marked with a star. */
function listed(exchange: string, year: number): string {
  return holidays(exchange, year)
    .map(({ on, closesAtMinute }) => formatDay(on).slice(5) + (closesAtMinute === null ? '' : '*'))
    .join(' ');
}

function tradingDays(exchange: string, year: number): number {
  let count = 0;
  for (let on = day(`${year}-01-01`); on <= day(`${year}-12-31`); on += 1) if (isTradingDay(exchange, on)) count += 1;
  return count;
}

function session(exchange: string, on: string): TradingSession {
  const found = sessionOf(exchange, day(on));
  if (found === null) throw new Error(`no session on ${on}`);
  return found;
}

const at = (instantMs: number | null): string => new Date(instantMs ?? Number.NaN).toISOString().slice(0, 16);

describe('holidays', () => {
  test.each([
    // NYSE Group, "Holidays and Trading Hours", notices of the years named.
    ['NYSE', 2012, '01-02 01-16 02-20 04-06 05-28 07-03* 07-04 09-03 10-29 10-30 11-22 11-23* 12-24* 12-25'],
    ['NYSE', 2000, '01-17 02-21 04-21 05-29 07-03* 07-04 09-04 11-23 11-24* 12-25'],
    ['NYSE', 2011, '01-17 02-21 04-22 05-30 07-04 09-05 11-24 11-25* 12-26'],
    ['NYSE', 2013, '01-01 01-21 02-18 03-29 05-27 07-03* 07-04 09-02 11-28 11-29* 12-24* 12-25'],
    ['NYSE', 2014, '01-01 01-20 02-17 04-18 05-26 07-03* 07-04 09-01 11-27 11-28* 12-24* 12-25'],
    ['NYSE', 2015, '01-01 01-19 02-16 04-03 05-25 07-03 09-07 11-26 11-27* 12-24* 12-25'],
    ['NYSE', 2021, '01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 11-26* 12-24'],
    ['NASDAQ', 2022, '01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 11-25* 12-26'],
    ['NYSE', 2024, '01-01 01-15 02-19 03-29 05-27 06-19 07-03* 07-04 09-02 11-28 11-29* 12-24* 12-25'],
    ['NYSE', 2025, '01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-03* 07-04 09-01 11-27 11-28* 12-24* 12-25'],
    ['NYSE', 2026, '01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 11-27* 12-24* 12-25'],
    ['NYSE', 2027, '01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 11-26* 12-24'],
    ['NYSE', 2028, '01-17 02-21 04-14 05-29 06-19 07-03* 07-04 09-04 11-23 11-24* 12-25'],
    // gov.uk/bank-holidays and the London Stock Exchange's "Business days" of those years.
    ['LSE', 2020, '01-01 04-10 04-13 05-08 05-25 08-31 12-24* 12-25 12-28 12-31*'],
    ['LSE', 2021, '01-01 04-02 04-05 05-03 05-31 08-30 12-24* 12-27 12-28 12-31*'],
    ['LSE', 2022, '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-23* 12-26 12-27 12-30*'],
    ['LSE', 2023, '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-22* 12-25 12-26 12-29*'],
    ['LSE', 2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-24* 12-27 12-28 12-31*'],
    // Deutsche Boerse, "Trading calendar" of those years.
    ['XETRA', 2012, '04-06 04-09 05-01 12-24 12-25 12-26 12-28* 12-31'],
    ['XETRA', 2017, '04-14 04-17 05-01 06-05 10-03 10-31 12-25 12-26 12-29*'],
    ['XETRA', 2025, '01-01 04-18 04-21 05-01 12-24 12-25 12-26 12-30* 12-31'],
    ['XETRA', 2026, '01-01 04-03 04-06 05-01 12-24 12-25 12-30* 12-31'],
    // Japan Exchange Group, "Market holidays" of those years.
    ['TSE', 2009, '01-01 01-02 01-12 02-11 03-20 04-29 05-04 05-05 05-06 07-20 09-21 09-22 09-23 10-12 11-03 11-23 12-23 12-31'],
    [
      'TSE',
      2019,
      '01-01 01-02 01-03 01-14 02-11 03-21 04-29 04-30 05-01 05-02 05-03 05-06 07-15 08-12 09-16 09-23 10-14 10-22 11-04 12-31',
    ],
    ['TSE', 2021, '01-01 01-11 02-11 02-23 04-29 05-03 05-04 05-05 07-22 07-23 08-09 09-20 09-23 11-03 11-23 12-31'],
    ['TSE', 2026, '01-01 01-02 01-12 02-11 02-23 03-20 04-29 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23 12-31'],
    ['TSE', 2027, '01-01 01-11 02-11 02-23 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23 12-31'],
    // National Stock Exchange of India, circular CMTR59722 of December 2023 and the two of 2024 for 22 January, 20 May and 20 November.
    ['NSE', 2024, '01-22 01-26 03-08 03-25 03-29 04-11 04-17 05-01 05-20 06-17 07-17 08-15 10-02 11-01 11-15 11-20 12-25'],
  ])('%s %i', (exchange, year, expected) => {
    expect(listed(exchange, year)).toBe(expected);
  });

  test('the number of trading days of the New York exchanges, 2000 to 2025 (NYSE notices; 252 but for the years below)', () => {
    const others = new Map([
      [2001, 248],
      [2006, 251],
      [2007, 251],
      [2008, 253],
      [2012, 250],
      [2017, 251],
      [2018, 251],
      [2020, 253],
      [2022, 251],
      [2023, 250],
      [2025, 250],
    ]);
    for (let year = 2000; year <= 2025; year += 1) expect([year, tradingDays('NYSE', year)]).toEqual([year, others.get(year) ?? 252]);
  });

  test('an unannounced year of India has the holidays with a fixed date', () => {
    // 2027: 1 May is a Saturday, 15 August a Sunday, 2 October and 25 December Saturdays; Good Friday is 26 March.
    expect(listed('NSE', LAST_ANNOUNCED_YEAR + 1)).toBe('01-26 03-26 04-14');
  });

  test('Easter of the years whose date is easily remembered wrong (tables of the Book of Common Prayer)', () => {
    const dates = [1954, 1981, 2000, 2008, 2019, 2024, 2038, 2049].map((year) => formatDay(easterSunday(year)));
    expect(dates).toEqual(['1954-04-18', '1981-04-19', '2000-04-23', '2008-03-23', '2019-04-21', '2024-03-31', '2038-04-25', '2049-04-18']);
  });
});

describe('sessions', () => {
  test.each([
    // exchange, day, opening and close in UTC
    ['NYSE', '2025-01-02', '2025-01-02T14:30', '2025-01-02T21:00'],
    ['NYSE', '2025-07-01', '2025-07-01T13:30', '2025-07-01T20:00'],
    ['NYSE', '2025-07-03', '2025-07-03T13:30', '2025-07-03T17:00'],
    // A Fourth of July on a Thursday: the Friday after was short until 2012, the Wednesday before since.
    ['NYSE', '2002-07-05', '2002-07-05T13:30', '2002-07-05T17:00'],
    ['NYSE', '2013-07-03', '2013-07-03T13:30', '2013-07-03T17:00'],
    // Summer time has begun in New York but not yet in London and Frankfurt.
    ['NYSE', '2025-03-10', '2025-03-10T13:30', '2025-03-10T20:00'],
    ['LSE', '2025-03-10', '2025-03-10T08:00', '2025-03-10T16:30'],
    ['LSE', '2025-12-24', '2025-12-24T08:00', '2025-12-24T12:30'],
    ['XETRA', '2025-07-01', '2025-07-01T07:00', '2025-07-01T15:30'],
    ['XETRA', '2001-07-02', '2001-07-02T07:00', '2001-07-02T18:00'],
    ['TSE', '2024-11-01', '2024-11-01T00:00', '2024-11-01T06:00'],
    ['TSE', '2024-11-05', '2024-11-05T00:00', '2024-11-05T06:30'],
    ['NSE', '2025-01-02', '2025-01-02T03:45', '2025-01-02T10:00'],
    // The Union Budget was read on a Saturday.
    ['NSE', '2025-02-01', '2025-02-01T03:45', '2025-02-01T10:00'],
    ['FX', '2025-01-01', '2025-01-01T00:00', '2025-01-02T00:00'],
  ])('%s on %s', (exchange, on, ...expected) => {
    const { openAt, closeAt } = session(exchange, on);
    expect([at(openAt), at(closeAt)]).toEqual(expected);
  });

  test('Tokyo rests at noon', () => {
    expect(session('TSE', '2025-01-06').stretches.map(({ openAt, closeAt }) => [at(openAt), at(closeAt)])).toEqual([
      ['2025-01-06T00:00', '2025-01-06T02:30'],
      ['2025-01-06T03:30', '2025-01-06T06:30'],
    ]);
    expect(isOpen('TSE', Date.UTC(2025, 0, 6, 2, 30))).toBe(false);
    expect(at(nextOpen('TSE', Date.UTC(2025, 0, 6, 2, 30)))).toBe('2025-01-06T03:30');
  });

  test('a short day says what for, a closed day has no session', () => {
    expect(session('NYSE', '2025-11-28').shortFor).toBe('Day after Thanksgiving');
    expect(session('NYSE', '2025-12-01').shortFor).toBeNull();
    expect([sessionOf('NYSE', day('2025-11-27')), sessionOf('NYSE', day('2025-11-29'))]).toEqual([null, null]);
  });

  test('after the close on a Wednesday before Thanksgiving', () => {
    const evening = Date.UTC(2025, 10, 26, 21, 0);
    expect(isOpen('NYSE', evening - 1)).toBe(true);
    expect(isOpen('NYSE', evening)).toBe(false);
    expect([at(nextOpen('NYSE', evening)), at(nextClose('NYSE', evening))]).toEqual(['2025-11-28T14:30', '2025-11-28T18:00']);
    expect(formatDay(previousTradingDay('NYSE', day('2025-11-28')))).toBe('2025-11-26');
    expect(at(nextOpen('NYSE', Date.UTC(2001, 8, 11, 14)))).toBe('2001-09-17T13:30');
  });

  test('an exchange that is not known is refused by name', () => {
    expect(hasCalendar('MOON')).toBe(false);
    expect(() => isOpen('MOON', 0)).toThrow('The trading hours of "MOON" are not known here.');
  });
});

describe('the calendar as a whole', () => {
  const exchanges = constantFrom('NYSE', 'LSE', 'XETRA', 'TSE', 'NSE', 'FX');
  const minutes = integer({ min: Date.UTC(2000, 0, 3) / 60_000, max: Date.UTC(2031, 0, 1) / 60_000 });

  test('is open from each opening to the next close, and closed until the next opening', () => {
    assert(
      property(exchanges, minutes, (exchange, minute) => {
        const now = minute * 60_000;
        const [open, close] = [nextOpen(exchange, now) ?? Number.NaN, nextClose(exchange, now) ?? Number.NaN];
        expect(isOpen(exchange, now)).toBe(close <= open);
        expect([open - 1, open, close - 1, close].map((edge) => isOpen(exchange, edge))).toEqual([false, true, true, false]);
      }),
    );
  });

  test('banks deal from Monday to Friday without a pause, coins always', () => {
    const wednesday = Date.UTC(2025, 0, 1, 12);
    expect([at(nextOpen('FX', wednesday)), at(nextClose('FX', wednesday))]).toEqual(['2025-01-06T00:00', '2025-01-04T00:00']);
    expect([isOpen('CRYPTO', wednesday), nextOpen('CRYPTO', wednesday), nextClose('CRYPTO', wednesday)]).toEqual([true, null, null]);
  });

  test('no exchange trades on a Sunday but India on the budget day of 2026', () => {
    for (const exchange of ['NYSE', 'LSE', 'XETRA', 'TSE', 'NSE', 'FX']) {
      for (let on = day('2000-01-02'); on < day('2031-01-01'); on += 7) {
        expect(weekday(on)).toBe(7);
        if (isTradingDay(exchange, on)) expect([exchange, formatDay(on)]).toEqual(['NSE', '2026-02-01']);
      }
    }
  });
});
