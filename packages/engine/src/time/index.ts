/**
 * Time: the days on which everything in a portfolio happens.
 *
 * A *day* is a calendar day without a zone, counted from 1970-01-01; an *instant* becomes a day by the offset of the portfolio's
 * time zone at that instant, which the caller knows. A *period* is a run of days, both ends included. A *range* is what a chart
 * offers ("1M", "YTD"). A *tax year* begins on a day and month of its own.
 *
 * Worked example: 2024-03-31 minus one month is 2024-02-29, since February has no 31st, so the range 1M that ends on
 * 2024-03-31 begins on 2024-03-01. An order filled on 2024-03-08 at 02:30 UTC belongs to 7 March in New York (UTC-5).
 *
 *     formatDay(addMonths(day('2024-03-31'), -1));                            // "2024-02-29"
 *     formatDay(periodOfRange('1M', day('2024-03-31'), day('2020-01-01')).from); // "2024-03-01"
 *     formatDay(dayOfInstant(Date.UTC(2024, 2, 8, 2, 30), -300));             // "2024-03-07"
 */
export {
  addMonths,
  addYears,
  dateOf,
  day,
  DayError,
  dayOfDate,
  dayOfInstant,
  daysInMonth,
  endOfMonth,
  endOfYear,
  FIRST_DAY,
  formatDay,
  isLeapYear,
  isWeekday,
  LAST_DAY,
  parseDay,
  startOfDayAt,
  startOfMonth,
  startOfWeek,
  startOfYear,
  weekday,
  type CalendarDate,
  type Day,
  type Weekday,
} from './day.ts';
export {
  CALENDAR_TAX_YEAR,
  monthName,
  monthsOf,
  periodOfRange,
  RANGES,
  taxYear,
  taxYearOf,
  yearsOf,
  type Period,
  type Range,
  type TaxYearStart,
} from './period.ts';
export { toInstantMs, toLocalMs, utcOffsetMinutes, ZONES, type Zone } from './utc-offset.ts';
export {
  hasCalendar,
  holidays,
  isOpen,
  isTradingDay,
  nextClose,
  nextOpen,
  previousTradingDay,
  sessionOf,
  TradingCalendarError,
  zoneOf,
  type OpenStretch,
  type TradingSession,
} from './trading-calendar.ts';
export { type ExchangeHoliday } from './calendars/calendar.ts';
