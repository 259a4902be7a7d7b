import { describe, expect, test } from 'vitest';
import { toInstantMs, toLocalMs, utcOffsetMinutes, ZONES, type Zone } from './utc-offset.ts';

/** The offset as the runtime's copy of the IANA time zone database has it. */
function databaseOffset(zone: Zone): (instantMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return (instantMs) => {
    const text = format.formatToParts(instantMs).find((part) => part.type === 'timeZoneName')?.value ?? '';
    const match = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(text);
    if (match === null) throw new Error(`cannot read ${text}`);
    const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
    return match[1] === '-' ? -minutes : minutes;
  };
}

describe('utcOffsetMinutes', () => {
  test.each(ZONES)('%s agrees with the IANA database around every day of 1981 to 2037', (zone) => {
    const expected = databaseOffset(zone);
    const differences: string[] = [];
    for (let at = Date.UTC(1981, 0, 1); at < Date.UTC(2038, 0, 1); at += 86_400_000) {
      if (utcOffsetMinutes(zone, at) !== expected(at)) differences.push(new Date(at).toISOString());
    }
    expect(differences).toEqual([]);
  });

  test.each([
    // The minute before and the minute of each change: US 2 a.m. local time, Union and United Kingdom 1 a.m. UTC.
    ['America/New_York', '2025-03-09T06:59:00Z', -300],
    ['America/New_York', '2025-03-09T07:00:00Z', -240],
    ['America/New_York', '2025-11-02T05:59:00Z', -240],
    ['America/New_York', '2025-11-02T06:00:00Z', -300],
    ['America/New_York', '2006-04-02T07:00:00Z', -240],
    ['Europe/London', '2025-03-30T00:59:00Z', 0],
    ['Europe/London', '2025-03-30T01:00:00Z', 60],
    ['Europe/Berlin', '2025-10-26T00:59:00Z', 120],
    ['Europe/Berlin', '2025-10-26T01:00:00Z', 60],
    ['Asia/Kolkata', '2025-07-01T00:00:00Z', 330],
    ['Asia/Tokyo', '2025-07-01T00:00:00Z', 540],
  ] as const)('%s at %s is %i minutes from UTC', (zone, at, minutes) => {
    expect(utcOffsetMinutes(zone, Date.parse(at))).toBe(minutes);
  });
});

describe('toInstantMs', () => {
  test.each([
    ['America/New_York', '2025-07-04T09:30:00Z', '2025-07-04T13:30:00Z'],
    ['America/New_York', '2025-12-24T13:00:00Z', '2025-12-24T18:00:00Z'],
    // 01:30 comes twice on 2 November: the first is still summer time.
    ['America/New_York', '2025-11-02T01:30:00Z', '2025-11-02T05:30:00Z'],
    // 02:30 is skipped on 9 March: half an hour after the change, 03:30 summer time.
    ['America/New_York', '2025-03-09T02:30:00Z', '2025-03-09T07:30:00Z'],
    ['Asia/Kolkata', '2025-01-01T09:15:00Z', '2025-01-01T03:45:00Z'],
  ] as const)('in %s the clock shows %s at %s', (zone, local, instant) => {
    expect(new Date(toInstantMs(zone, Date.parse(local))).toISOString()).toBe(new Date(instant).toISOString());
  });

  test.each(ZONES)('%s: every hour of three years comes back from its wall clock, but for the repeated one', (zone) => {
    const wrong: string[] = [];
    for (let at = Date.UTC(2023, 0, 1); at < Date.UTC(2026, 0, 1); at += 3_600_000) {
      const back = toInstantMs(zone, toLocalMs(zone, at));
      const repeated = at - back === 3_600_000 && utcOffsetMinutes(zone, back) > utcOffsetMinutes(zone, at);
      if (at !== back && !repeated) wrong.push(new Date(at).toISOString());
    }
    expect(wrong).toEqual([]);
  });
});
