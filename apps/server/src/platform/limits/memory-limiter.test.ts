import { expect, test } from 'vitest';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { networkOf } from './buckets.ts';
import { limiterSuite } from './limiter-suite.ts';
import { createLimiter } from './limiter.ts';

limiterSuite('in process', async (rules, clock) => ({
  limiter: createLimiter({ rules, clock, redis: null }),
  pass: async (milliseconds) => clock.advance(milliseconds),
}));

test('without rules nothing is limited', () => {
  const { decide } = createLimiter({ rules: null, clock: fixedClock(0), redis: null });
  expect(decide({ ip: '192.0.2.1', caller: null, counts: true })).toBeNull();
});

test('without limits of plans the minute of an address is left', () => {
  const rules = { burstPerMinute: 3, sessionPerMinute: 3, standardPerHour: null, premiumPerHour: null };
  const { decide } = createLimiter({ rules, clock: fixedClock('2026-01-01T00:00:00Z'), redis: null });
  const caller = { userId: 'u1', sessionId: 's1', role: 'standard', via: 'bearer' } as const;
  expect(decide({ ip: '192.0.2.1', caller, counts: true })).toMatchObject({ allowed: true, limit: 3, remaining: 2 });
});

test('a clock that is set back does not lock anyone out', () => {
  const clock = fixedClock('2026-01-02T00:00:00Z');
  const rules = { burstPerMinute: 1, sessionPerMinute: 1, standardPerHour: 1, premiumPerHour: 1 };
  const { decide } = createLimiter({ rules, clock, redis: null });
  const asker = { ip: '192.0.2.1', caller: null, counts: true };
  void decide(asker);
  expect(decide(asker)).toMatchObject({ allowed: false });
  clock.set('2026-01-01T00:00:00Z');
  expect(decide(asker)).toMatchObject({ allowed: true, resetSeconds: 60 });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:a:b:c:d:e:f', '2001:db8:a:b'],
  ['2001:0db8:000a::1', '2001:db8:a:0'],
  ['2001:db8::', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('networkOf(%s) is %s', (ip, expected) => {
  expect(networkOf(ip)).toBe(expected);
});
