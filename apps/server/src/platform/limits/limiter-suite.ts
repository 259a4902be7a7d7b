import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixedClock, type FixedClock } from '../../testing/fixed-clock.ts';
import type { Asker, RateRules } from './buckets.ts';
import type { LimitDecision, Limiter } from './limiter.ts';

export type LimiterBench = { readonly limiter: Limiter; readonly pass: (milliseconds: number) => Promise<void> };

type Make = (rules: RateRules, clock: FixedClock) => Promise<LimiterBench>;

const rules: RateRules = { burstPerMinute: 3, sessionPerMinute: 4, standardPerHour: 5, premiumPerHour: 7 };

const caller = { userId: 'u1', sessionId: 's1', role: 'standard', via: 'bearer' } as const;
const anonymous: Asker = { ip: '192.0.2.1', caller: null, counts: true };
const standard: Asker = { ...anonymous, caller };
const premium: Asker = { ...anonymous, caller: { ...caller, userId: 'u2', role: 'premium' } };
const browser: Asker = { ...anonymous, caller: { ...caller, via: 'cookie' } };
const administrator: Asker = { ...anonymous, caller: { ...caller, userId: 'u3', role: 'admin' } };

/** What every limiter must do. `make` begins with nothing counted. */
export function limiterSuite(name: string, make: Make): void {
  describe(name, () => {
    single(make);
    stacked(make);
    oracle(make);
  });
}

async function bench(make: Make) {
  const { limiter, pass } = await make(rules, fixedClock('2026-01-01T00:00:00Z'));
  // A copy, since an in-process decision is overwritten by the next.
  const ask = async (asker: Asker): Promise<LimitDecision | null> => {
    const decision = await limiter.decide(asker);
    return decision === null ? null : { ...decision };
  };
  return { ask, pass };
}

function single(make: Make): void {
  test('an address has its minute, told in every answer, and a new one after it', async () => {
    const { ask, pass } = await bench(make);
    expect(await ask(anonymous)).toMatchObject({ allowed: true, limit: 3, remaining: 2, resetSeconds: 60, retryAfterSeconds: 0 });
    await pass(20_500);
    expect(await ask(anonymous)).toMatchObject({ allowed: true, remaining: 1, resetSeconds: 40 });
    expect(await ask(anonymous)).toMatchObject({ allowed: true, remaining: 0 });
    // 60 s - 20.5 s = 39.5 s are left, told as 40.
    expect(await ask(anonymous)).toMatchObject({ allowed: false, limit: 3, remaining: 0, resetSeconds: 40, retryAfterSeconds: 40 });
    expect(await ask({ ...anonymous, ip: '192.0.2.2' })).toMatchObject({ allowed: true, remaining: 2 });
    await pass(39_500);
    expect(await ask(anonymous)).toMatchObject({ allowed: true, remaining: 2, resetSeconds: 60 });
  });

  test('neighbours in one version 6 network share a minute, other networks do not', async () => {
    const { ask } = await bench(make);
    for (const ip of ['2001:db8:1:2::1', '2001:0DB8:1:2:ffff::9', '2001:db8:1:2:3:4:5:6']) await ask({ ...anonymous, ip });
    expect(await ask({ ...anonymous, ip: '2001:db8:1:2::4' })).toMatchObject({ allowed: false });
    expect(await ask({ ...anonymous, ip: '2001:db8:1:3::1' })).toMatchObject({ allowed: true });
    for (let asked = 0; asked < 2; asked += 1) await ask({ ...anonymous, ip: '::ffff:192.0.2.7' });
    expect(await ask({ ...anonymous, ip: '192.0.2.7' })).toMatchObject({ allowed: true, remaining: 0 });
  });

  test('administrators are not limited', async () => {
    const { ask } = await bench(make);
    for (let asked = 0; asked < 20; asked += 1) expect(await ask(administrator)).toBeNull();
  });

  test('a browser session has a bucket of its own and uses up no other', async () => {
    const { ask } = await bench(make);
    for (const remaining of [3, 2, 1, 0]) expect(await ask(browser)).toMatchObject({ allowed: true, limit: 4, remaining });
    expect(await ask(browser)).toMatchObject({ allowed: false });
    expect(await ask({ ...browser, caller: { ...caller, via: 'cookie', sessionId: 's2' } })).toMatchObject({ allowed: true, remaining: 3 });
    expect(await ask(standard)).toMatchObject({ allowed: true, limit: 3, remaining: 2 });
  });
}

function stacked(make: Make): void {
  const minuteMs = 60_000;

  test('the hour of a user goes on over minutes and addresses', async () => {
    const { ask, pass } = await bench(make);
    for (let asked = 0; asked < 3; asked += 1) expect(await ask(standard)).toMatchObject({ allowed: true });
    // The minute's refusal does not count against the hour: 5 - 3 = 2 are left after it.
    expect(await ask(standard)).toMatchObject({ allowed: false, limit: 3, retryAfterSeconds: 60 });
    await pass(minuteMs);
    expect(await ask({ ...standard, ip: '192.0.2.9' })).toMatchObject({ allowed: true, limit: 5, remaining: 1, resetSeconds: 3540 });
    expect(await ask(standard)).toMatchObject({ allowed: true, limit: 5, remaining: 0 });
    expect(await ask(standard)).toMatchObject({ allowed: false, limit: 5, retryAfterSeconds: 3540 });
    await pass(59 * minuteMs);
    expect(await ask(standard)).toMatchObject({ allowed: true });
  });

  test('premium has more, and what does not count leaves the hour alone', async () => {
    const { ask, pass } = await bench(make);
    for (let minute = 0; minute < 4; minute += 1) {
      for (let asked = 0; asked < 3; asked += 1)
        expect(await ask({ ...standard, counts: false })).toMatchObject({ allowed: true, limit: 3 });
      await pass(minuteMs);
    }
    const allowed: boolean[] = [];
    for (let asked = 0; asked < 9; asked += 1) {
      if (asked % 3 === 0) await pass(minuteMs);
      allowed.push((await ask(premium))?.allowed ?? true);
    }
    expect(allowed.filter(Boolean)).toHaveLength(7);
  });
}

/** Every request ever made, looked through anew for each decision. */
function slowLimiter() {
  const windows: { readonly key: string; readonly from: number; readonly to: number; count: number }[] = [];
  const count = (key: string, now: number, windowMs: number): number => {
    let window = windows.find((each) => each.key === key && each.from <= now && now < each.to);
    if (window === undefined) windows.push((window = { key, from: now, to: now + windowMs, count: 0 }));
    return (window.count += 1);
  };
  return (who: { readonly ip: string; readonly user: string | null }, now: number): boolean => {
    if (count(`ip ${who.ip}`, now, 60_000) > 3) return false;
    return who.user === null || count(`user ${who.user}`, now, 3_600_000) <= 5;
  };
}

function oracle(make: Make): void {
  test('decides as a slow list of windows does', async () => {
    const step = fc.record({
      wait: fc.constantFrom(0, 0, 0, 10_000, 50_000, 60_000, 1_800_000),
      ip: fc.constantFrom('192.0.2.1', '192.0.2.2'),
      user: fc.constantFrom('u1', 'u2', null),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const { ask, pass } = await bench(make);
        const expected = slowLimiter();
        let now = 0;
        for (const { wait, ip, user } of steps) {
          // A real store's clock goes on by itself meanwhile: a millisecond more leaves no doubt at the borders.
          if (wait > 0) await pass(wait + 1);
          now += wait > 0 ? wait + 1 : 0;
          const decision = await ask({ ip, caller: user === null ? null : { ...caller, userId: user }, counts: true });
          expect(decision?.allowed).toBe(expected({ ip, user }, now));
        }
      }),
      { numRuns: 30 },
    );
  });
}
