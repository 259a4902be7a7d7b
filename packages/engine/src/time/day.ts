/**
 * A calendar day as the number of days since 1970-01-01, so that days subtract, compare and index arrays as plain integers.
 * It has no time zone: the zone is spent when an instant becomes a day (`dayOfInstant`).
 */
export type Day = number;

/** A day taken apart: month 1 to 12, dayOfMonth 1 to 31. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
}

/** Days of the week as ISO 8601 numbers them, Monday first. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A text or a date that is no day of the calendar. */
export class DayError extends Error {
  override readonly name = 'DayError';
}

const MS_PER_DAY = 86_400_000;
const MS_PER_MINUTE = 60_000;
const DAYS_PER_ERA = 146_097;
const DAYS_FROM_0000_03_01_TO_1970 = 719_468;

/** The first and the last day that can be written with four digits of the year. */
export const FIRST_DAY: Day = -719_162;
export const LAST_DAY: Day = 2_932_896;

/** The day of "YYYY-MM-DD", or null when the text is not exactly that or no such day exists ("2023-02-29"). Years 0001 to 9999. */
export function parseDay(text: string): Day | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const date = { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)), dayOfMonth: Number(text.slice(8, 10)) };
  return isDate(date) ? dayOfDate(date) : null;
}

/** As `parseDay`, but throws `DayError` where that gives null. */
export function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === null) throw new DayError(`"${text.slice(0, 20)}" is not a day: write YYYY-MM-DD, such as 2024-02-29.`);
  return parsed;
}

/** "YYYY-MM-DD". */
export function formatDay(value: Day): string {
  const { year, month, dayOfMonth } = dateOf(value);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

/**
 * Year, month and day of month in the proleptic Gregorian calendar. Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
 * civil_from_days: years are counted from March, so that the leap day comes last.
 */
export function dateOf(value: Day): CalendarDate {
  const shifted = value + DAYS_FROM_0000_03_01_TO_1970;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth };
}

/** The day of a date that exists; same source, days_from_civil. Throws `DayError` for a date that does not. */
export function dayOfDate(date: CalendarDate): Day {
  if (!isDate(date)) throw new DayError(`There is no day ${date.year}-${date.month}-${date.dayOfMonth}.`);
  const year = date.month <= 2 ? date.year - 1 : date.year;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const monthFromMarch = date.month > 2 ? date.month - 3 : date.month + 9;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + date.dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_FROM_0000_03_01_TO_1970;
}

/** Monday is 1, Sunday is 7. 1970-01-01 was a Thursday. */
export function weekday(value: Day): Weekday {
  return (((((value + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** True from Monday to Friday: the days risk figures count. */
export function isWeekday(value: Day): boolean {
  return weekday(value) <= 5;
}

/** The same day of the month `months` later (earlier when negative); a day that month does not have becomes its last. */
export function addMonths(value: Day, months: number): Day {
  const { year, month, dayOfMonth } = dateOf(value);
  const count = year * 12 + month - 1 + months;
  const target = { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
  return dayOfDate({ ...target, dayOfMonth: Math.min(dayOfMonth, daysInMonth(target.year, target.month)) });
}

/** The same date `years` later; 29 February becomes 28 February in a common year. */
export function addYears(value: Day, years: number): Day {
  return addMonths(value, years * 12);
}

export function startOfWeek(value: Day): Day {
  return value - weekday(value) + 1;
}

export function startOfMonth(value: Day): Day {
  return value - dateOf(value).dayOfMonth + 1;
}

export function endOfMonth(value: Day): Day {
  const { year, month, dayOfMonth } = dateOf(value);
  return value - dayOfMonth + daysInMonth(year, month);
}

export function startOfYear(value: Day): Day {
  return dayOfDate({ year: dateOf(value).year, month: 1, dayOfMonth: 1 });
}

export function endOfYear(value: Day): Day {
  return dayOfDate({ year: dateOf(value).year, month: 12, dayOfMonth: 31 });
}

/** Days of a month, 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** The day an instant (ms since 1970 UTC) falls on where clocks are `utcOffsetMinutes` ahead of UTC (New York in winter: -300). */
export function dayOfInstant(instantMs: number, utcOffsetMinutes: number): Day {
  return Math.floor((instantMs + utcOffsetMinutes * MS_PER_MINUTE) / MS_PER_DAY);
}

/** The instant (ms since 1970 UTC) at which a day begins where clocks are `utcOffsetMinutes` ahead of UTC. */
export function startOfDayAt(value: Day, utcOffsetMinutes: number): number {
  return value * MS_PER_DAY - utcOffsetMinutes * MS_PER_MINUTE;
}

function isDate({ year, month, dayOfMonth }: CalendarDate): boolean {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= daysInMonth(year, month);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
