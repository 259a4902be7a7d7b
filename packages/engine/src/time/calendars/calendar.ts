import type { Day } from '../day.ts';
import type { Zone } from '../utc-offset.ts';

/** A day on which an exchange does not keep its usual hours. */
export interface ExchangeHoliday {
  readonly on: Day;
  readonly name: string;
  /** The minute of the local day at which trading ends early, null where there is none at all. */
  readonly closesAtMinute: number | null;
}

/** A stretch of a local day, in minutes since midnight: [570, 960) is 9:30 to 16:00. */
export interface OpenHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** The rules of one exchange. */
export interface Calendar {
  readonly zone: Zone;
  /** The usual hours of the years around a day, whether or not the day is a trading day. */
  readonly hoursOn: (day: Day) => readonly OpenHours[];
  /** The days of a year that are closed or short. Days on which the exchange is closed anyway may be among them. */
  readonly holidaysIn: (year: number) => readonly ExchangeHoliday[];
  /** Whether a day would be a trading day if it were no holiday: Monday to Friday and a few Saturdays. */
  readonly isWorkday: (day: Day) => boolean;
}

export function closed(on: Day, name: string): ExchangeHoliday {
  return { on, name, closesAtMinute: null };
}

/** Hours from "9:30" to "16:00". */
export function hours(from: string, to: string): OpenHours {
  return { fromMinute: minuteOf(from), toMinute: minuteOf(to) };
}

export function minuteOf(clock: string): number {
  const [hour = '0', minute = '0'] = clock.split(':');
  return Number(hour) * 60 + Number(minute);
}
