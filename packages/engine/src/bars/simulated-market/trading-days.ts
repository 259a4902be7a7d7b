import type { Day, Zone } from '../../time/index.ts';

/** Where a market stands: the second of the session that was traded last, counted from the session's first. */
export interface Moment {
  readonly day: Day;
  readonly second: number;
  /** When that second began, as milliseconds since 1970. */
  readonly at: number;
}

/** The days on which something trades, and for how long. */
export interface TradingDays {
  readonly zone: Zone;
  /** Where prices stand at an instant: in the session of the day, or at the end of the last one. */
  readonly momentAt: (instantMs: number) => Moment;
  readonly isOpenAt: (instantMs: number) => boolean;
  readonly previous: (day: Day) => Day;
  readonly isTradingDay: (day: Day) => boolean;
  readonly minutesOf: (day: Day) => number;
  /** When a minute of the session begins. A break at noon is no part of the session. */
  readonly minuteStartAt: (day: Day, minute: number) => number;
  /** The minute of the session that begins at an instant, or null where none does. */
  readonly minuteOf: (day: Day, startAt: number) => number | null;
  /** Whether the first price of a day is the last one of the day before. */
  readonly continuous: boolean;
}

/** `always`: every second of every day. `exchange`: in the sessions of each instrument's exchange; crypto currencies stay open. */
export type MarketHours = 'always' | 'exchange';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Never closed: every day of the calendar, from midnight to midnight UTC. */
export const ALWAYS_OPEN: TradingDays = Object.freeze({
  zone: 'UTC',
  momentAt: (instantMs: number): Moment => {
    const day = Math.floor(instantMs / DAY_MS);
    const second = Math.floor((instantMs - day * DAY_MS) / 1000);
    return { day, second, at: day * DAY_MS + second * 1000 };
  },
  isOpenAt: (): boolean => true,
  previous: (day: Day): Day => day - 1,
  isTradingDay: (): boolean => true,
  minutesOf: (): number => 1440,
  minuteStartAt: (day: Day, minute: number): number => day * DAY_MS + minute * MINUTE_MS,
  minuteOf: (day: Day, startAt: number): number | null => {
    const minute = (startAt - day * DAY_MS) / MINUTE_MS;
    return Number.isInteger(minute) && minute >= 0 && minute < 1440 ? minute : null;
  },
  continuous: true,
});
