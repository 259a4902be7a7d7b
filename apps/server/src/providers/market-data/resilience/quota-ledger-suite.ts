/** What every ledger of quotas keeps to. */
import { describe, expect, test } from 'vitest';
import type { FixedClock } from '../../../testing/fixed-clock.ts';
import type { QuotaLedger, QuotaWish } from './quota-ledger.ts';

export interface LedgerUnderTest {
  readonly ledger: QuotaLedger;
  readonly clock: FixedClock;
}

/** Alpha Vantage's free plan. */
const quotas = [
  { requests: 25, perSeconds: 86_400 },
  { requests: 5, perSeconds: 60 },
];

export function quotaLedgerSuite(name: string, open: () => Promise<LedgerUnderTest> | LedgerUnderTest): void {
  describe(name, () => {
    let providers = 0;
    const wishes = (): QuotaWish => ({ provider: `provider-${(providers += 1)}`, quotas, calls: 1, reserve: 0 });

    test('the sixth call within a minute waits until the first is a minute old', async () => {
      const { ledger, clock } = await open();
      const wish = wishes();
      const started = clock.now();
      for (let call = 0; call < 5; call += 1) {
        expect(await ledger.take(wish)).toEqual({ granted: true });
        clock.advance(1_000);
      }
      expect(await ledger.take(wish)).toEqual({ granted: false, freeAt: started + 60_000 });
      expect(await ledger.used(wish.provider, quotas)).toEqual([5, 5]);
      clock.set(started + 59_000);
      expect((await ledger.take(wish)).granted).toBe(false);
      clock.set(started + 60_000);
      expect(await ledger.take(wish)).toEqual({ granted: true });
    });

    test('the 26th call of a day waits until the first is a day old', async () => {
      const { ledger, clock } = await open();
      const wish = wishes();
      const started = clock.now();
      for (let call = 0; call < 25; call += 1) {
        expect((await ledger.take(wish)).granted).toBe(true);
        clock.advance(60_000);
      }
      expect(await ledger.take(wish)).toEqual({ granted: false, freeAt: started + 86_400_000 });
      clock.set(started + 86_400_000);
      expect((await ledger.take(wish)).granted).toBe(true);
      expect((await ledger.take(wish)).granted).toBe(false);
    });

    test('a reserve is kept of the day and not of the minute; providers do not share', async () => {
      const { ledger, clock } = await open();
      const wish = { ...wishes(), reserve: 0.2 };
      const taken: boolean[] = [];
      for (let call = 0; call < 22; call += 1) {
        taken.push((await ledger.take(wish)).granted);
        clock.advance(15_000);
      }
      // 25 x 0.8 = 20.
      expect(taken.filter(Boolean)).toHaveLength(20);
      clock.advance(60_000);
      expect((await ledger.take({ ...wish, reserve: 0, calls: 5 })).granted).toBe(true);
      expect((await ledger.take({ ...wish, reserve: 0 })).granted).toBe(false);
      expect((await ledger.take(wishes())).granted).toBe(true);
    });

    test('several calls are taken whole or not at all, and without a quota there is no end', async () => {
      const { ledger } = await open();
      const wish = wishes();
      expect((await ledger.take({ ...wish, calls: 4 })).granted).toBe(true);
      expect((await ledger.take({ ...wish, calls: 2 })).granted).toBe(false);
      expect((await ledger.take({ ...wish, calls: 1 })).granted).toBe(true);
      expect((await ledger.take({ ...wish, calls: 6 })).granted).toBe(false);
      for (let call = 0; call < 50; call += 1) expect((await ledger.take({ ...wishes(), quotas: [] })).granted).toBe(true);
    });

    test('of many at once exactly as many are let through as there are', async () => {
      const { ledger } = await open();
      const wish = wishes();
      const answers = await Promise.all(Array.from({ length: 20 }, () => ledger.take(wish)));
      expect(answers.filter(({ granted }) => granted)).toHaveLength(5);
    });
  });
}
