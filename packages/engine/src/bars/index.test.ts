import { expect, test } from 'vitest';
import { decimal, formatDecimal } from '../money/index.ts';
import { aggregateTicks, barFault, quoteChange, simpleMovingAverage, volumeWeightedPrice, type Bar } from './index.ts';

test('the worked example of the front page', () => {
  const at = Date.UTC(2025, 0, 2, 19, 30);
  const ticks = [
    { at, price: decimal('10.00'), quantity: decimal('100') },
    { at: at + 20_000, price: decimal('10.40'), quantity: decimal('50') },
    { at: at + 40_000, price: decimal('10.10'), quantity: decimal('200') },
  ];
  const [bar, ...more] = aggregateTicks(ticks, { interval: '1m', zone: 'America/New_York' });
  expect(more).toEqual([]);
  expect(bar && [bar.open, bar.high, bar.low, bar.close, bar.volume].map(formatDecimal)).toEqual(['10', '10.4', '10', '10.1', '350']);
  expect(bar?.startAt).toBe(at);
  expect(formatDecimal(volumeWeightedPrice(ticks) ?? decimal('0'))).toBe('10.114285714285714286');
  expect([...simpleMovingAverage(Float64Array.of(1, 2, 6), 2)]).toEqual([Number.NaN, 1.5, 4]);
  expect(volumeWeightedPrice([])).toBeNull();
});

test('a bar whose figures contradict each other is named', () => {
  const bar: Bar = { startAt: 0, open: decimal('10'), high: decimal('11'), low: decimal('9'), close: decimal('10'), volume: decimal('0') };
  expect(barFault(bar)).toBeNull();
  expect(barFault({ ...bar, low: decimal('0') })).toBe('price');
  expect(barFault({ ...bar, close: decimal('12') })).toBe('range');
  expect(barFault({ ...bar, volume: decimal('-1') })).toBe('volume');
});

test('the change of a quote, in money and per cent', () => {
  // 102 - 96 = 6, 6 / 96 = 6.25 %
  const { change, changePercent } = quoteChange({ last: decimal('102'), previousClose: decimal('96') });
  expect([change, changePercent ?? change].map(formatDecimal)).toEqual(['6', '6.25']);
  expect(quoteChange({ last: decimal('1'), previousClose: decimal('0') }).changePercent).toBeNull();
});
