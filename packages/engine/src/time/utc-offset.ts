/**
 * The clocks of the exchanges: how far their wall clock is from UTC at an instant, and the instant a wall clock shows a time.
 * The rules are written out instead of asked of the runtime, so that every machine and every version gives the same session times.
 * They hold from 1981 on (United States from 1987, and 1976 to 1986 but for the winter of 1974/75); a test compares each year with the
 * IANA time zone database.
 */
export type Zone = 'UTC' | 'America/New_York' | 'Europe/London' | 'Europe/Berlin' | 'Asia/Tokyo' | 'Asia/Kolkata';

interface ZoneRule {
  readonly standardMinutes: number;
  /** When summer time begins and ends in a year, as instants; null where clocks never change. */
  readonly summer: ((year: number) => SummerTime) | null;
}

interface SummerTime {
  readonly startAt: number;
  readonly endAt: number;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

const MARCH = 2;
const APRIL = 3;
const SEPTEMBER = 8;
const OCTOBER = 9;
const NOVEMBER = 10;

/** Energy Policy Act of 2005: second Sunday of March to first Sunday of November, at 2 in the morning by the clock before the change. */
function unitedStates(year: number): SummerTime {
  const startsOn = year >= 2007 ? sundayFrom(year, MARCH, 8) : year >= 1987 ? sundayFrom(year, APRIL, 1) : sundayFrom(year, APRIL, 24);
  const endsOn = year >= 2007 ? sundayFrom(year, NOVEMBER, 1) : sundayFrom(year, OCTOBER, 25);
  return { startAt: startsOn + 7 * HOUR_MS, endAt: endsOn + 6 * HOUR_MS };
}

/** Directive 2000/84/EC, in force since 1996 in this form: last Sunday of March to last Sunday of October, at 1 in the morning UTC. */
function germany(year: number): SummerTime {
  const endsOn = year >= 1996 ? sundayFrom(year, OCTOBER, 25) : sundayFrom(year, SEPTEMBER, 24);
  return { startAt: sundayFrom(year, MARCH, 25) + HOUR_MS, endAt: endsOn + HOUR_MS };
}

/** As the Union since 1996; before that summer time ended with the Summer Time Orders, on the Sunday after the fourth Saturday of October. */
function unitedKingdom(year: number): SummerTime {
  const endsOn =
    year >= 1996 ? sundayFrom(year, OCTOBER, 25) : year >= 1990 ? sundayFrom(year, OCTOBER, 22) : sundayFrom(year, OCTOBER, 23);
  return { startAt: sundayFrom(year, MARCH, 25) + HOUR_MS, endAt: endsOn + HOUR_MS };
}

/** Remembers the changes of a year, since offsets are asked for millions of times. */
function onceAYear(rule: (year: number) => SummerTime): (year: number) => SummerTime {
  const years = new Map<number, SummerTime>();
  return (year) => {
    const known = years.get(year);
    if (known !== undefined) return known;
    const made = rule(year);
    years.set(year, made);
    return made;
  };
}

const RULES: Readonly<Record<Zone, ZoneRule>> = {
  UTC: { standardMinutes: 0, summer: null },
  'America/New_York': { standardMinutes: -300, summer: onceAYear(unitedStates) },
  'Europe/London': { standardMinutes: 0, summer: onceAYear(unitedKingdom) },
  'Europe/Berlin': { standardMinutes: 60, summer: onceAYear(germany) },
  'Asia/Tokyo': { standardMinutes: 540, summer: null },
  'Asia/Kolkata': { standardMinutes: 330, summer: null },
};

export const ZONES: readonly Zone[] = Object.freeze(Object.keys(RULES) as Zone[]);

/** Minutes to add to UTC for the wall clock of the zone at the instant (milliseconds since 1970): -240 in New York in July. */
export function utcOffsetMinutes(zone: Zone, instantMs: number): number {
  const rule = RULES[zone];
  if (rule.summer === null) return rule.standardMinutes;
  const { startAt, endAt } = rule.summer(yearOf(instantMs));
  return instantMs >= startAt && instantMs < endAt ? rule.standardMinutes + 60 : rule.standardMinutes;
}

/** What the wall clock shows, as milliseconds since 1970-01-01T00:00 on that clock. */
export function toLocalMs(zone: Zone, instantMs: number): number {
  return instantMs + utcOffsetMinutes(zone, instantMs) * MINUTE_MS;
}

/**
 * The instant at which the wall clock shows a time (milliseconds since 1970-01-01T00:00 on that clock). A time that a change of the
 * clocks shows twice means the first of the two; a time it skips means as long after the change as it is after the skipped hour's start.
 */
export function toInstantMs(zone: Zone, localMs: number): number {
  const standardMs = RULES[zone].standardMinutes * MINUTE_MS;
  const inSummer = localMs - standardMs - HOUR_MS;
  return toLocalMs(zone, inSummer) === localMs ? inSummer : localMs - standardMs;
}

/** Midnight UTC of the first Sunday on or after a day of a month (months from 0). */
function sundayFrom(year: number, month: number, day: number): number {
  const fromMs = Date.UTC(year, month, day);
  return fromMs + ((7 - new Date(fromMs).getUTCDay()) % 7) * DAY_MS;
}

function yearOf(instantMs: number): number {
  return new Date(instantMs).getUTCFullYear();
}
