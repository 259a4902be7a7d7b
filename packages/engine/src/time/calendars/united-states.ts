import { day, isWeekday, weekday } from '../day.ts';
import { closed, hours, minuteOf, type Calendar, type ExchangeHoliday } from './calendar.ts';
import { dateIn, easterSunday, FRIDAY, lastOfMonth, MONDAY, nearestWorkday, nthOfMonth, SATURDAY, SUNDAY, THURSDAY } from './dates.ts';

/**
 * NYSE and Nasdaq: NYSE Rule 7.2 (holidays) and the yearly "Holidays and Trading Hours" notices. Holidays hold from 1998, half days
 * from 2000. A holiday on a Saturday is kept on the Friday before, on a Sunday on the Monday after; but for a New Year's Day on a
 * Saturday there is none, since the Friday closes the old year's books.
 */
const EARLY_CLOSE = minuteOf('13:00');

/** Days on which the exchange closed for a reason of its own. */
const CLOSED_ONCE: readonly (readonly [on: string, name: string])[] = [
  ['2001-09-11', 'Attacks of 11 September'],
  ['2001-09-12', 'Attacks of 11 September'],
  ['2001-09-13', 'Attacks of 11 September'],
  ['2001-09-14', 'Attacks of 11 September'],
  ['2004-06-11', 'Mourning for Ronald Reagan'],
  ['2007-01-02', 'Mourning for Gerald Ford'],
  ['2012-10-29', 'Hurricane Sandy'],
  ['2012-10-30', 'Hurricane Sandy'],
  ['2018-12-05', 'Mourning for George H. W. Bush'],
  ['2025-01-09', 'Mourning for Jimmy Carter'],
];

export const UNITED_STATES: Calendar = {
  zone: 'America/New_York',
  hoursOn: () => [hours('9:30', '16:00')],
  holidaysIn: (year) => [...fullDays(year), ...halfDays(year)],
  isWorkday: isWeekday,
};

function fullDays(year: number): readonly ExchangeHoliday[] {
  const newYear = dateIn(year, 1, 1);
  const optional = [
    ...(weekday(newYear) === SATURDAY ? [] : [closed(nearestWorkday(newYear), "New Year's Day")]),
    ...(year >= 1998 ? [closed(nthOfMonth({ year, month: 1 }, MONDAY, 3), 'Martin Luther King, Jr. Day')] : []),
    ...(year >= 2022 ? [closed(nearestWorkday(dateIn(year, 6, 19)), 'Juneteenth')] : []),
  ];
  return [
    ...optional,
    closed(nthOfMonth({ year, month: 2 }, MONDAY, 3), "Washington's Birthday"),
    closed(easterSunday(year) - 2, 'Good Friday'),
    closed(lastOfMonth({ year, month: 5 }, MONDAY), 'Memorial Day'),
    closed(nearestWorkday(dateIn(year, 7, 4)), 'Independence Day'),
    closed(nthOfMonth({ year, month: 9 }, MONDAY, 1), 'Labor Day'),
    closed(nthOfMonth({ year, month: 11 }, THURSDAY, 4), 'Thanksgiving Day'),
    closed(nearestWorkday(dateIn(year, 12, 25)), 'Christmas Day'),
    ...CLOSED_ONCE.filter(([on]) => on.startsWith(String(year))).map(([on, name]) => closed(day(on), name)),
  ];
}

function halfDays(year: number): readonly ExchangeHoliday[] {
  const short = (on: number, name: string): ExchangeHoliday => ({ on, name, closesAtMinute: EARLY_CLOSE });
  const independence = dateIn(year, 7, 4);
  const christmasEve = dateIn(year, 12, 24);
  const days = [short(nthOfMonth({ year, month: 11 }, THURSDAY, 4) + 1, 'Day after Thanksgiving')];
  // On a Thursday the Friday after was short until 2012, the Wednesday before since.
  const afterwards = weekday(independence) === THURSDAY && year < 2013;
  if (afterwards) days.push(short(independence + 1, 'Day after Independence Day'));
  else if (weekday(independence) > MONDAY && weekday(independence) < SATURDAY)
    days.push(short(independence - 1, 'Day before Independence Day'));
  if (weekday(christmasEve) < FRIDAY) days.push(short(christmasEve, 'Christmas Eve'));
  if (year === 2003) days.push(short(dateIn(2003, 12, 26), 'Day after Christmas'));
  return days.filter(({ on }) => weekday(on) < SUNDAY);
}
