import { day, formatDay, isWeekday, type Day } from '../day.ts';
import { closed, hours, type Calendar, type ExchangeHoliday } from './calendar.ts';
import { easterSunday } from './dates.ts';

/**
 * National Stock Exchange of India. Most holidays follow the moon and are announced for a year at a time, so they are a table:
 * the exchange's yearly circulars, as collected by exchange_calendars (Apache-2.0, XBOM, whose days off are the same), weekdays only.
 * The short evening session on Diwali and the Saturday drills of the standby site are left out.
 */
const ANNOUNCED: Readonly<Record<number, string>> = {
  2000: '01-26 03-17 03-20 04-14 04-21 05-01 08-15 09-01 10-02 12-25',
  2001: '01-01 01-26 03-06 04-05 04-13 05-01 08-15 08-22 10-02 10-26 11-16 11-30 12-17 12-25',
  2002: '03-25 03-29 05-01 08-15 09-10 10-02 10-15 11-06 11-19 12-25',
  2003: '02-13 03-14 03-18 04-14 04-18 05-01 08-15 10-02 11-26 12-25',
  2004: '01-01 01-26 02-02 03-02 04-09 04-14 04-26 10-13 10-22 11-15 11-26',
  2005: '01-21 01-26 03-25 04-14 07-28 08-15 09-07 10-12 11-03 11-04 11-15',
  2006: '01-11 01-26 02-09 03-15 04-06 04-11 04-14 05-01 08-15 10-02 10-24 10-25 12-25',
  2007: '01-01 01-26 01-30 02-16 03-27 04-06 05-01 05-02 08-15 10-02 12-21 12-25',
  2008: '03-06 03-20 03-21 04-14 04-18 05-01 05-19 08-15 09-03 10-02 10-09 10-30 11-13 11-27 12-09 12-25',
  2009: '01-08 01-26 02-23 03-10 03-11 04-03 04-07 04-10 04-14 04-30 05-01 09-21 09-28 10-02 10-13 10-19 11-02 12-25 12-28',
  2010: '01-01 01-26 02-12 03-01 03-24 04-02 04-14 09-10 11-17 12-17',
  2011: '01-26 03-02 04-12 04-14 04-22 08-15 08-31 09-01 10-06 10-27 11-07 11-10 12-06',
  2012: '01-26 02-20 03-08 04-05 04-06 05-01 08-15 08-20 09-19 10-02 10-24 11-14 11-28 12-25',
  2013: '03-27 03-29 04-19 04-24 05-01 08-09 08-15 09-09 10-02 10-16 11-04 11-14 12-25',
  2014: '02-27 03-17 04-08 04-14 04-18 04-24 05-01 07-29 08-15 08-29 10-02 10-03 10-06 10-15 10-23 10-24 11-04 11-06 12-25',
  2015: '01-26 02-17 03-06 04-02 04-03 04-14 05-01 09-17 09-25 10-02 10-22 11-11 11-12 11-25 12-25',
  2016: '01-26 03-07 03-24 03-25 04-14 04-15 04-19 07-06 08-15 09-05 09-13 10-11 10-12 10-31 11-14',
  2017: '01-26 02-24 03-13 04-04 04-14 05-01 06-26 08-15 08-25 10-02 10-19 10-20 12-25',
  2018: '01-26 02-13 03-02 03-29 03-30 05-01 08-15 08-22 09-13 09-20 10-02 10-18 11-07 11-08 11-23 12-25',
  2019: '03-04 03-21 04-17 04-19 04-29 05-01 06-05 08-12 08-15 09-02 09-10 10-02 10-08 10-21 10-28 11-12 12-25',
  2020: '02-21 03-10 04-02 04-06 04-10 04-14 05-01 05-25 10-02 11-16 11-30 12-25',
  2021: '01-26 03-11 03-29 04-02 04-14 04-21 05-13 07-21 08-19 09-10 10-15 11-04 11-05 11-19',
  2022: '01-26 03-01 03-18 04-14 04-15 05-03 08-09 08-15 08-31 10-05 10-24 10-26 11-08',
  2023: '01-26 03-07 03-30 04-04 04-07 04-14 05-01 06-29 08-15 09-19 10-02 10-24 11-14 11-27 12-25',
  2024: '01-22 01-26 03-08 03-25 03-29 04-11 04-17 05-01 05-20 06-17 07-17 08-15 10-02 11-01 11-15 11-20 12-25',
  2025: '02-26 03-14 03-31 04-10 04-14 04-18 05-01 08-15 08-27 10-02 10-21 10-22 11-05 12-25',
  2026: '01-15 01-26 03-03 03-26 03-31 04-03 04-14 05-01 05-28 06-26 09-14 10-02 10-20 11-10 11-24 12-25',
};

/** The last year whose holidays have been announced. */
export const LAST_ANNOUNCED_YEAR = 2026;

const FIXED: readonly (readonly [monthAndDay: string, name: string])[] = [
  ['01-26', 'Republic Day'],
  ['04-14', 'Dr. Ambedkar Jayanti'],
  ['05-01', 'Maharashtra Day'],
  ['08-15', 'Independence Day'],
  ['10-02', 'Mahatma Gandhi Jayanti'],
  ['12-25', 'Christmas Day'],
];

/** Weekend days with a full session: the day the Union Budget is read, and one made up for Monday 22 January 2024. */
const WEEKEND_SESSIONS: ReadonlySet<Day> = new Set(['2015-02-28', '2020-02-01', '2024-01-20', '2025-02-01', '2026-02-01'].map(day));

export const INDIA: Calendar = {
  zone: 'Asia/Kolkata',
  hoursOn: (on: Day) => {
    if (on < day('2010-01-04')) return [hours('9:55', '15:30')];
    return [hours(on < day('2010-10-18') ? '9:00' : '9:15', '15:30')];
  },
  holidaysIn: (year) => {
    const goodFriday = easterSunday(year) - 2;
    const announced = ANNOUNCED[year]?.split(' ');
    return announced === undefined
      ? [...FIXED.map(([monthAndDay, name]) => closed(day(`${year}-${monthAndDay}`), name)), closed(goodFriday, 'Good Friday')]
      : announced.map((monthAndDay) => named(day(`${year}-${monthAndDay}`), goodFriday));
  },
  isWorkday: (on) => isWeekday(on) || WEEKEND_SESSIONS.has(on),
};

function named(on: Day, goodFriday: Day): ExchangeHoliday {
  if (on === goodFriday) return closed(on, 'Good Friday');
  const monthAndDay = formatDay(on).slice(5);
  return closed(on, FIXED.find(([fixed]) => fixed === monthAndDay)?.[1] ?? 'Exchange holiday');
}
