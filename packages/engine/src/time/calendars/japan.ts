import { day, isWeekday, weekday, type Day } from '../day.ts';
import { closed, hours, type Calendar, type ExchangeHoliday } from './calendar.ts';
import { dateIn, MONDAY, nthOfMonth, SATURDAY, SUNDAY } from './dates.ts';

/**
 * Tokyo: the national holidays (Act on National Holidays, No. 178 of 1948, as amended) and 31 December to 3 January, from 2000 on.
 * A holiday on a Sunday is made up for on the next day that is none; a day between two holidays is one as well.
 * The equinoxes follow the approximation of Shinkoku Benrancho, good for 1980 to 2099; the Cabinet announces them a year ahead.
 */
const HEALTH_AND_SPORTS = 'Health and Sports Day';

/** Holidays that were moved in the years of the Tokyo Olympics. */
const MOVED: Readonly<Record<string, string>> = {
  '2020 Marine Day': '2020-07-23',
  '2021 Marine Day': '2021-07-22',
  '2020 Mountain Day': '2020-08-10',
  '2021 Mountain Day': '2021-08-08',
  '2020 Health and Sports Day': '2020-07-24',
  '2021 Health and Sports Day': '2021-07-23',
};

export const JAPAN: Calendar = {
  zone: 'Asia/Tokyo',
  // The morning was lengthened to 11:30 on 21 November 2011, the afternoon to 15:30 on 5 November 2024.
  hoursOn: (on: Day) => [
    hours('9:00', on >= day('2011-11-21') ? '11:30' : '11:00'),
    hours('12:30', on >= day('2024-11-05') ? '15:30' : '15:00'),
  ],
  holidaysIn: (year) => [
    ...withSubstitutes(nationalHolidays(year)),
    closed(dateIn(year, 1, 2), 'New Year holiday'),
    closed(dateIn(year, 1, 3), 'New Year holiday'),
    closed(dateIn(year, 12, 31), 'New Year holiday'),
    ...(year === 2020 ? [closed(dateIn(2020, 10, 1), 'Failure of the trading system')] : []),
  ],
  isWorkday: isWeekday,
};

function nationalHolidays(year: number): readonly ExchangeHoliday[] {
  const holiday = (name: string, usual: Day): ExchangeHoliday => {
    const moved = MOVED[`${year} ${name}`];
    return closed(moved === undefined ? usual : day(moved), name);
  };
  const monday = (month: number, n: number): Day => nthOfMonth({ year, month }, MONDAY, n);
  const since = (first: number, holidays: readonly ExchangeHoliday[]): readonly ExchangeHoliday[] => (year >= first ? holidays : []);
  return [
    closed(dateIn(year, 1, 1), "New Year's Day"),
    closed(monday(1, 2), 'Coming of Age Day'),
    closed(dateIn(year, 2, 11), 'National Foundation Day'),
    ...since(2020, [closed(dateIn(year, 2, 23), "The Emperor's Birthday")]),
    closed(dateIn(year, 3, equinox(year, 20.8431)), 'Vernal Equinox Day'),
    closed(dateIn(year, 4, 29), year >= 2007 ? 'Showa Day' : 'Greenery Day'),
    closed(dateIn(year, 5, 3), 'Constitution Memorial Day'),
    ...since(2007, [closed(dateIn(year, 5, 4), 'Greenery Day')]),
    closed(dateIn(year, 5, 5), "Children's Day"),
    holiday('Marine Day', year >= 2003 ? monday(7, 3) : dateIn(year, 7, 20)),
    ...since(2016, [holiday('Mountain Day', dateIn(year, 8, 11))]),
    closed(year >= 2003 ? monday(9, 3) : dateIn(year, 9, 15), 'Respect for the Aged Day'),
    closed(dateIn(year, 9, equinox(year, 23.2488)), 'Autumnal Equinox Day'),
    holiday(HEALTH_AND_SPORTS, monday(10, 2)),
    closed(dateIn(year, 11, 3), 'Culture Day'),
    closed(dateIn(year, 11, 23), 'Labour Thanksgiving Day'),
    ...(year <= 2018 ? [closed(dateIn(year, 12, 23), "The Emperor's Birthday")] : []),
    ...(year === 2019
      ? [closed(dateIn(2019, 5, 1), 'Accession of the Emperor'), closed(dateIn(2019, 10, 22), 'Enthronement of the Emperor')]
      : []),
  ];
}

function equinox(year: number, in1980: number): number {
  return Math.floor(in1980 + 0.242194 * (year - 1980) - Math.floor((year - 1980) / 4));
}

function withSubstitutes(holidays: readonly ExchangeHoliday[]): readonly ExchangeHoliday[] {
  const taken = new Set(holidays.map(({ on }) => on));
  const between = holidays
    .filter(({ on }) => taken.has(on + 2) && !taken.has(on + 1) && weekday(on + 1) < SATURDAY && weekday(on) !== SUNDAY)
    .map(({ on }) => closed(on + 1, "Citizens' Holiday"));
  const substitutes = holidays
    .filter(({ on }) => weekday(on) === SUNDAY)
    .map(({ on, name }) => {
      let substitute = on + 1;
      while (taken.has(substitute)) substitute += 1;
      return closed(substitute, `${name}, made up for`);
    });
  return [...holidays, ...between, ...substitutes];
}
