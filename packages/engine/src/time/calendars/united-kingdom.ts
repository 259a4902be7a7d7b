import { day, isWeekday, weekday, type Day } from '../day.ts';
import { closed, hours, minuteOf, type Calendar, type ExchangeHoliday } from './calendar.ts';
import { dateIn, easterSunday, followingMonday, lastOfMonth, MONDAY, nthOfMonth, precedingFriday, SATURDAY, SUNDAY } from './dates.ts';

/**
 * London: the bank holidays of England and Wales (Banking and Financial Dealings Act 1971 and the proclamations that move or add one,
 * gov.uk/bank-holidays). Trading ends at 12:30 on the last working day before Christmas and before the New Year. From 2000.
 */
const EARLY_CLOSE = minuteOf('12:30');

/** Bank holidays that were moved for an occasion: year and name, to the day they were moved to. */
const MOVED: Readonly<Record<string, string>> = {
  '2020 Early May bank holiday': '2020-05-08',
  '2002 Spring bank holiday': '2002-06-04',
  '2012 Spring bank holiday': '2012-06-04',
  '2022 Spring bank holiday': '2022-06-02',
};

const ADDED: readonly (readonly [on: string, name: string])[] = [
  ['2002-06-03', 'Golden Jubilee'],
  ['2011-04-29', 'Wedding of Prince William'],
  ['2012-06-05', 'Diamond Jubilee'],
  ['2022-06-03', 'Platinum Jubilee'],
  ['2022-09-19', 'Funeral of Queen Elizabeth II'],
  ['2023-05-08', 'Coronation of King Charles III'],
];

export const UNITED_KINGDOM: Calendar = {
  zone: 'Europe/London',
  hoursOn: () => [hours('8:00', '16:30')],
  holidaysIn: (year) => {
    const bankHoliday = (name: string, usual: Day): ExchangeHoliday => {
      const moved = MOVED[`${year} ${name}`];
      return closed(moved === undefined ? usual : day(moved), name);
    };
    const easter = easterSunday(year);
    return [
      closed(followingMonday(dateIn(year, 1, 1)), "New Year's Day"),
      closed(easter - 2, 'Good Friday'),
      closed(easter + 1, 'Easter Monday'),
      bankHoliday('Early May bank holiday', nthOfMonth({ year, month: 5 }, MONDAY, 1)),
      bankHoliday('Spring bank holiday', lastOfMonth({ year, month: 5 }, MONDAY)),
      closed(lastOfMonth({ year, month: 8 }, MONDAY), 'Summer bank holiday'),
      ...christmas(year),
      ...ADDED.filter(([on]) => on.startsWith(String(year))).map(([on, name]) => closed(day(on), name)),
      { on: precedingFriday(dateIn(year, 12, 24)), name: 'Christmas Eve', closesAtMinute: EARLY_CLOSE },
      { on: precedingFriday(dateIn(year, 12, 31)), name: "New Year's Eve", closesAtMinute: EARLY_CLOSE },
    ];
  },
  isWorkday: isWeekday,
};

/** 25 and 26 December; what falls on a weekend is made up for on the 27th and 28th. */
function christmas(year: number): readonly ExchangeHoliday[] {
  const christmasDay = dateIn(year, 12, 25);
  const on = weekday(christmasDay);
  const christmasKept = on === SATURDAY || on === SUNDAY ? dateIn(year, 12, 27) : christmasDay;
  const boxingKept = on === SATURDAY ? dateIn(year, 12, 28) : on === SUNDAY || on < 5 ? christmasDay + 1 : dateIn(year, 12, 28);
  return [closed(christmasKept, 'Christmas Day'), closed(boxingKept, 'Boxing Day')];
}
