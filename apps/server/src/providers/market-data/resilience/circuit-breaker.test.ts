import { expect, test } from 'vitest';
import { fixedClock } from '../../../testing/fixed-clock.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';

function setUp() {
  const clock = fixedClock(0);
  return { clock, breaker: createCircuitBreaker(clock) };
}

test('four failures are nothing, a success forgets them, the fifth in a row opens for 30 s', () => {
  const { clock, breaker } = setUp();
  for (let failure = 0; failure < 4; failure += 1) breaker.failed();
  expect(breaker.allows()).toBe(true);
  breaker.succeeded();
  for (let failure = 0; failure < 4; failure += 1) breaker.failed();
  expect(breaker.allows()).toBe(true);
  breaker.failed();
  expect([breaker.allows(), breaker.pausedUntil]).toEqual([false, 30_000]);
  clock.set(29_999);
  expect(breaker.allows()).toBe(false);
});

test('after the pause one may try; failing doubles the pause up to ten minutes, succeeding ends it', () => {
  const { clock, breaker } = setUp();
  for (let failure = 0; failure < 5; failure += 1) breaker.failed();
  const pauses: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    clock.set(breaker.pausedUntil ?? 0);
    expect([breaker.allows(), breaker.allows()]).toEqual([true, false]);
    breaker.failed();
    pauses.push((breaker.pausedUntil ?? 0) - clock.now());
  }
  expect(pauses).toEqual([60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
  clock.set(breaker.pausedUntil ?? 0);
  expect(breaker.allows()).toBe(true);
  breaker.succeeded();
  expect([breaker.allows(), breaker.allows(), breaker.pausedUntil]).toEqual([true, true, null]);
});

test('a pause that the provider asked for is kept, and never shortened', () => {
  const { clock, breaker } = setUp();
  breaker.pause(60_000);
  breaker.pause(1_000);
  clock.set(59_999);
  expect(breaker.allows()).toBe(false);
  clock.set(60_000);
  expect(breaker.allows()).toBe(true);
});
