import { toInstantMs, toLocalMs, ZONES } from '@holdfast/engine/time';
import type { Zone } from '@holdfast/engine/time';
import { Temporal } from 'temporal-polyfill';

/** A zone's wall clock. Local milliseconds count from 1970-01-01T00:00 on that clock. */
export interface WallClock {
  /** The IANA name. */
  readonly zone: string;
  toLocalMs(instantMs: number): number;
  /** A time that the clock shows twice means the first; one it skips, as long after the change. */
  toInstantMs(localMs: number): number;
}

const clocks = new Map<string, WallClock>();

/** The clock of an IANA zone, or null when there is no such zone. The exchanges' own zones follow the engine's rules. */
export function findWallClock(zone: string): WallClock | null {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = ZONES.some((name) => name === zone) ? engineClock(zone as Zone) : zonedClock(zone);
  if (made !== null) clocks.set(zone, made);
  return made;
}

/** The same, for a zone that the database or the engine named. */
export function wallClock(zone: string): WallClock {
  const found = findWallClock(zone);
  if (found === null) throw new Error(`There is no time zone ${JSON.stringify(zone)}.`);
  return found;
}

function engineClock(zone: Zone): WallClock {
  return { zone, toLocalMs: (instantMs) => toLocalMs(zone, instantMs), toInstantMs: (localMs) => toInstantMs(zone, localMs) };
}

function zonedClock(zone: string): WallClock | null {
  if (!/^[A-Za-z][\w+/-]{1,63}$/.test(zone)) return null;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch {
    return null;
  }
  return {
    zone,
    toLocalMs: (instantMs) =>
      instantMs + Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000,
    toInstantMs: (localMs) =>
      Temporal.Instant.fromEpochMilliseconds(localMs).toZonedDateTimeISO('UTC').toPlainDateTime().toZonedDateTime(zone).epochMilliseconds,
  };
}
