import type { FigureStyle } from './format-figure.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Relative below a day ("3 min ago"), the date after that. Both instants in milliseconds. */
export function formatAge(at: number, now: number, style: FigureStyle): string {
  const age = Math.max(0, now - at);
  if (age >= DAY) return new Intl.DateTimeFormat(style.locale, { dateStyle: 'medium' }).format(at);
  const relative = new Intl.RelativeTimeFormat(style.locale, { style: 'short', numeric: 'always' });
  if (age < MINUTE) return relative.format(-Math.floor(age / SECOND), 'second');
  if (age < HOUR) return relative.format(-Math.floor(age / MINUTE), 'minute');
  return relative.format(-Math.floor(age / HOUR), 'hour');
}

/** With seconds and the zone's name, for whoever wants to know exactly. */
export function formatExactInstant(at: number, style: FigureStyle, timeZone?: string): string {
  return new Intl.DateTimeFormat(style.locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
}

/** A day of the calendar, `YYYY-MM-DD`: it has no zone and is not moved by one. */
export function formatDay(day: string, style: FigureStyle): string {
  return new Intl.DateTimeFormat(style.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));
}

export function formatDate(at: number, style: FigureStyle, timeZone: string): string {
  return new Intl.DateTimeFormat(style.locale, { dateStyle: 'medium', timeZone }).format(at);
}

export function isMidnight(at: number, timeZone: string): boolean {
  const clock = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23', timeZone });
  return at % 1000 === 0 && clock.formatToParts(at).every((part) => part.type === 'literal' || Number(part.value) === 0);
}

export function formatDateTime(at: number, style: FigureStyle): string {
  return new Intl.DateTimeFormat(style.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

export function formatClock(at: number, style: FigureStyle): string {
  return new Intl.DateTimeFormat(style.locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at);
}

/** A month of the calendar, `YYYY-MM`. */
export function formatMonth(month: string, style: FigureStyle, length: 'short' | 'long'): string {
  const options: Intl.DateTimeFormatOptions = length === 'short' ? { month: 'short' } : { month: 'long', year: 'numeric' };
  return new Intl.DateTimeFormat(style.locale, { ...options, timeZone: 'UTC' }).format(Date.parse(`${month}-01T00:00:00Z`));
}
