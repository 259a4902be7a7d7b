import { dayOfDate, daysInMonth, weekday, type Day, type Weekday } from '../day.ts';

export const MONDAY: Weekday = 1;
export const THURSDAY: Weekday = 4;
export const FRIDAY: Weekday = 5;
export const SATURDAY: Weekday = 6;
export const SUNDAY: Weekday = 7;

/** A date of a year; months from 1. */
export function dateIn(year: number, month: number, dayOfMonth: number): Day {
  return dayOfDate({ year, month, dayOfMonth });
}

/** The first day of the week `wanted` on or after a day. */
export function onOrAfter(day: Day, wanted: Weekday): Day {
  return day + ((wanted - weekday(day) + 7) % 7);
}

/** The n-th Monday (Tuesday, ...) of a month; n from 1. */
export function nthOfMonth(month: { readonly year: number; readonly month: number }, wanted: Weekday, n: number): Day {
  return onOrAfter(dayOfDate({ ...month, dayOfMonth: 1 }), wanted) + 7 * (n - 1);
}

/** The last Monday (Tuesday, ...) of a month. */
export function lastOfMonth(month: { readonly year: number; readonly month: number }, wanted: Weekday): Day {
  return onOrAfter(dayOfDate({ ...month, dayOfMonth: daysInMonth(month.year, month.month) - 6 }), wanted);
}

/** A Saturday becomes the Friday before, a Sunday the Monday after. */
export function nearestWorkday(day: Day): Day {
  const on = weekday(day);
  return on === SATURDAY ? day - 1 : on === SUNDAY ? day + 1 : day;
}

/** A Saturday or Sunday becomes the Monday after. */
export function followingMonday(day: Day): Day {
  return weekday(day) >= SATURDAY ? onOrAfter(day, MONDAY) : day;
}

/** A Saturday or Sunday becomes the Friday before. */
export function precedingFriday(day: Day): Day {
  return weekday(day) >= SATURDAY ? day - (weekday(day) - FRIDAY) : day;
}

/** Easter Sunday of the Gregorian calendar. J. Meeus, Astronomical Algorithms, chapter 8 (the rule of Butcher's Ecclesiastical Calendar, 1876). */
export function easterSunday(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dateIn(year, Math.floor(n / 31), (n % 31) + 1);
}
