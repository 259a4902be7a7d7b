/** Days and midnights in any IANA time zone. */
import { Temporal } from 'temporal-polyfill';

const DAY_MS = 86_400_000;
/** Offsets per zone and hour: no zone changes its offset within an hour of UTC. */
const offsets = new Map<string, number>();
const MOST_OFFSETS = 10_000;

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Minutes that the zone's clocks are ahead of UTC at the instant (epoch milliseconds). */
export function offsetMinutes(zone: string, instant: number): number {
  if (zone === 'UTC') return 0;
  const key = `${zone} ${Math.floor(instant / 3_600_000)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const offset = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9;
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** The first instant of the next day in the zone, epoch milliseconds. */
export function nextMidnight(zone: string, instant: number): number {
  if (zone === 'UTC') return (Math.floor(instant / DAY_MS) + 1) * DAY_MS;
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).startOfDay().add({ days: 1 }).startOfDay()
    .epochMilliseconds;
}

/** The first instant of a day written YYYY-MM-DD in the zone, epoch milliseconds. Throws RangeError for a day that does not exist. */
export function startOfDayIn(zone: string, day: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
}
