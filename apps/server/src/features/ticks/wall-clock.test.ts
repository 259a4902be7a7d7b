import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findWallClock, wallClock } from './wall-clock.ts';

/** What the runtime's own clock shows in a zone, as milliseconds on that clock. */
function shownBy(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

test('clocks show what the runtime’s show, and read back to the same instant', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('America/New_York', 'Asia/Kolkata', 'Asia/Hong_Kong', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'UTC'),
      fc.integer({ min: Date.UTC(1996, 0) / 1000, max: Date.UTC(2030, 0) / 1000 }),
      (zone, second) => {
        const clock = wallClock(zone);
        const local = clock.toLocalMs(second * 1000);
        expect(local).toBe(shownBy(zone, second * 1000));
        // A time shown twice reads back as the first.
        expect([second * 1000, second * 1000 - 3_600_000, second * 1000 - 1_800_000]).toContain(clock.toInstantMs(local));
      },
    ),
  );
});

test.each(['', 'Mars/Olympus', 'UTC; drop table', '+05:30'])('%j is no zone', (zone) => {
  expect(findWallClock(zone)).toBeNull();
});
