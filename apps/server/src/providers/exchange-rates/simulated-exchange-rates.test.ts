import fc from 'fast-check';
import { ONE, toNumber } from '@holdfast/engine/money';
import { day } from '@holdfast/engine/time';
import { expect, test } from 'vitest';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { simulatedMarketData } from '../market-data/index.ts';
import { driftOn } from './drift.ts';
import { simulatedExchangeRates } from './simulated-exchange-rates.ts';

const market = simulatedMarketData({ seed: 'test', hours: 'always', clock: fixedClock('2026-01-07T00:00:00Z') }).computed;
const rates = simulatedExchangeRates({ seed: 'test', market });
const DAY_MS = 86_400_000;

test('the rate of a currency with a pair is the pair’s first price of the day', () => {
  const eurUsd = market.quoteAt('EURUSD', Date.parse('2026-01-07'));
  const usdJpy = market.quoteAt('USDJPY', Date.parse('2026-01-07'));
  const noon = Date.parse('2026-01-07T12:00:00Z');

  // EURUSD in dollars per euro, turned over twice: within the last of 18 decimals.
  expect(toNumber(rates.rate('EUR', 'USD', noon) ?? ONE)).toBeCloseTo(toNumber(eurUsd?.open ?? ONE), 14);
  expect(rates.rate('USD', 'JPY', noon)).toBe(usdJpy?.open);
});

test('a weekend has the rate of its Friday', () => {
  const friday = rates.rateOn('USD', 'SEK', day('2026-01-02'));
  expect(friday?.day).toBe(day('2026-01-02'));
  expect(rates.rateOn('USD', 'SEK', day('2026-01-03'))).toEqual(friday);
  expect(rates.rateOn('USD', 'SEK', day('2026-01-04'))).toEqual(friday);
  expect(rates.rateOn('USD', 'SEK', day('2026-01-05'))?.day).toBe(day('2026-01-05'));
});

test('rates cross over the dollar and undo each other', () => {
  const currency = fc.constantFrom(...rates.currencies);
  fc.assert(
    fc.property(currency, currency, fc.integer({ min: 4, max: 47_000 }), (from, to, on) => {
      const direct = toNumber(rates.rateOn(from, to, on)?.rate ?? ONE);
      const back = toNumber(rates.rateOn(to, from, on)?.rate ?? ONE);
      const first = toNumber(rates.rateOn(from, 'USD', on)?.rate ?? ONE);
      const second = toNumber(rates.rateOn('USD', to, on)?.rate ?? ONE);
      expect(direct).toBeGreaterThan(0);
      expect(direct * back).toBeCloseTo(1, 8);
      expect(direct / (first * second)).toBeCloseTo(1, 8);
    }),
  );
});

test('a currency against itself is 1, an unknown one has no rate, nor has a day before there were any', () => {
  expect(rates.rate('CHF', 'CHF', 0)).toBe(ONE);
  expect(rates.rate('XXX', 'XXX', 0)).toBe(ONE);
  expect(rates.rate('USD', 'XXX', 20_000 * DAY_MS)).toBeNull();
  expect(rates.rate('USD', 'SEK', 0)).toBeNull();
});

test('levels stay plausible for a century: pegs hold, the krona stays within 8 % of where it was in 2025', () => {
  for (let on = 4; on < 47_000; on += 97) {
    expect(toNumber(rates.rateOn('USD', 'AED', on)?.rate ?? ONE)).toBe(3.6725);
    const hongKong = toNumber(rates.rateOn('USD', 'HKD', on)?.rate ?? ONE);
    expect(hongKong).toBeGreaterThan(7.74);
    expect(hongKong).toBeLessThan(7.86);
    const krona = toNumber(rates.rateOn('USD', 'SEK', on)?.rate ?? ONE);
    expect(Math.abs(krona / 11.1 - 1)).toBeLessThanOrEqual(0.08);
  }
});

test('the same seed gives the same rates, another gives others, and days differ a little', () => {
  const again = simulatedExchangeRates({ seed: 'test', market });
  const other = simulatedExchangeRates({ seed: 'other', market });
  const on = day('2026-01-07');
  expect(again.rateOn('USD', 'NOK', on)).toEqual(rates.rateOn('USD', 'NOK', on));
  expect(other.rateOn('USD', 'NOK', on)).not.toEqual(rates.rateOn('USD', 'NOK', on));
  const today = toNumber(rates.rateOn('USD', 'NOK', on)?.rate ?? ONE);
  const yesterday = toNumber(rates.rateOn('USD', 'NOK', on - 1)?.rate ?? ONE);
  expect(today).not.toBe(yesterday);
  expect(Math.abs(today / yesterday - 1)).toBeLessThan(0.02);
});

test('a drift stays within one in each direction and does not jump by more than its steepest lines together', () => {
  // 2 * (0.45 / 1021 + 0.27 / 257 + 0.16 / 61 + 0.08 / 13 + 0.04 / 1) = 0.1005…
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: -50_000, max: 50_000 }), (name, on) => {
      expect(Math.abs(driftOn(name, on))).toBeLessThanOrEqual(1);
      expect(Math.abs(driftOn(name, on) - driftOn(name, on + 1))).toBeLessThan(0.1006);
    }),
  );
});
