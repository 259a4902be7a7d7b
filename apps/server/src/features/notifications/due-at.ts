/** When a message to a person may go out: not in their quiet hours, and with the next digest where they want one. */
import type { NotificationKind } from '@holdfast/contract/notifications';
import { offsetMinutes } from '../../platform/time-zone.ts';
import type { Preferences } from './preferences.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

export interface Recipient {
  readonly preferences: Preferences;
  readonly timeZone: string;
}

/** What concerns the account or a loss that grows is told at once. */
const URGENT: ReadonlySet<NotificationKind> = new Set(['security', 'margin']);

export interface DueMail {
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly isDigest: boolean;
}

export function mailDueAt(now: number, kind: NotificationKind, { preferences, timeZone }: Recipient): DueMail {
  if (URGENT.has(kind)) return { dueAt: now, isDigest: false };
  if (preferences.emailTiming === 'daily') return { dueAt: nextTimeOfDay(now, minutesOf(preferences.digestAt), timeZone), isDigest: true };
  return { dueAt: afterQuietHours(now, preferences, timeZone), isDigest: false };
}

export function pushDueAt(now: number, kind: NotificationKind, { preferences, timeZone }: Recipient): number {
  return URGENT.has(kind) ? now : afterQuietHours(now, preferences, timeZone);
}

function afterQuietHours(now: number, { quietHours }: Preferences, timeZone: string): number {
  if (quietHours === null) return now;
  const [from, to] = [minutesOf(quietHours.from), minutesOf(quietHours.to)];
  const minute = minuteOfDay(now, timeZone);
  // From 22:00 to 07:00 goes over midnight.
  const isQuiet = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  return isQuiet ? nextTimeOfDay(now, to, timeZone) : now;
}

/** The next instant at which the zone's clocks show this minute of the day. */
function nextTimeOfDay(now: number, minute: number, timeZone: string): number {
  const present = minuteOfDay(now, timeZone);
  const ahead = minute > present ? minute - present : minute - present + DAY_MINUTES;
  const at = Math.floor(now / MINUTE_MS) * MINUTE_MS + ahead * MINUTE_MS;
  // The clocks may have been put forward or back until then.
  return at + (offsetMinutes(timeZone, now) - offsetMinutes(timeZone, at)) * MINUTE_MS;
}

function minuteOfDay(now: number, timeZone: string): number {
  const minutes = Math.floor(now / MINUTE_MS) + offsetMinutes(timeZone, now);
  return ((minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number.parseInt(hours, 10) * 60 + Number.parseInt(minutes, 10);
}
