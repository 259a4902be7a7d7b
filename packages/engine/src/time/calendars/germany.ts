import { day, isWeekday, weekday, type Day } from '../day.ts';
import { closed, hours, minuteOf, type Calendar, type ExchangeHoliday } from './calendar.ts';
import { dateIn, easterSunday, SATURDAY } from './dates.ts';

/**
 * Xetra: the trading calendar that Deutsche Boerse publishes each year. Holidays on a weekend are not made up for. Whit Monday and
 * German Unity Day were holidays of the exchange only in the years below. The year's last trading day ends at 14:00 since 2010.
 */
const EARLY_CLOSE = minuteOf('14:00');

export const GERMANY: Calendar = {
  zone: 'Europe/Berlin',
  // Trading lasted until 20:00 from 2 June 2000 to 31 October 2003.
  hoursOn: (on: Day) => [on >= day('2000-06-02') && on < day('2003-11-03') ? hours('9:00', '20:00') : hours('9:00', '17:30')],
  holidaysIn: (year) => {
    const easter = easterSunday(year);
    const whitMonday = year === 2007 || (year >= 2015 && year <= 2021) ? [closed(easter + 50, 'Whit Monday')] : [];
    const unity = year >= 2014 && year <= 2021 ? [closed(dateIn(year, 10, 3), 'German Unity Day')] : [];
    const reformation = year === 2017 ? [closed(dateIn(2017, 10, 31), 'Reformation Day, 500 years')] : [];
    const holidays = [
      closed(dateIn(year, 1, 1), "New Year's Day"),
      closed(easter - 2, 'Good Friday'),
      closed(easter + 1, 'Easter Monday'),
      closed(dateIn(year, 5, 1), 'Labour Day'),
      ...whitMonday,
      ...unity,
      ...reformation,
      closed(dateIn(year, 12, 24), 'Christmas Eve'),
      closed(dateIn(year, 12, 25), 'Christmas Day'),
      closed(dateIn(year, 12, 26), 'Second day of Christmas'),
      closed(dateIn(year, 12, 31), "New Year's Eve"),
    ];
    return year >= 2010 ? [...holidays, lastTradingDay(year)] : holidays;
  },
  isWorkday: isWeekday,
};

function lastTradingDay(year: number): ExchangeHoliday {
  let on = dateIn(year, 12, 30);
  while (weekday(on) >= SATURDAY) on -= 1;
  return { on, name: 'Last trading day of the year', closesAtMinute: EARLY_CLOSE };
}
