import { expect, test } from 'vitest';
import { decimal, formatDecimal } from '../money/index.ts';
import { createAlertIndex, legsOf, percentChange, recordFiring, type Condition } from './index.ts';

test('the worked example of the front page', () => {
  const index = createAlertIndex();
  const condition = { kind: 'priceAbove', symbol: 'AAPL', threshold: decimal('200') } as const;
  index.add({ id: 'a', condition, repeat: 'recurring', cooldownMs: 0, createdAt: 0, expiresAt: null, snoozedUntil: null });
  const events = ['199', '201', '202', '199', '203'].flatMap((value, at) => index.tick({ symbol: 'AAPL', at, value: decimal(value) }));
  expect(events.map(({ before, value, level }) => [before ?? level, value, level].map(formatDecimal))).toEqual([
    ['199', '201', '200'],
    ['199', '203', '200'],
  ]);
});

test('the lines of each kind of condition', () => {
  const lines = (condition: Condition) =>
    legsOf(condition).map((leg) => `${leg.series}: ${leg.direction} ${formatDecimal(leg.level)}${leg.crossing ? ' crossing' : ''}`);
  const threshold = decimal('200');
  expect(lines({ kind: 'crosses', symbol: 'X', threshold })).toEqual(['price X: rising 200 crossing', 'price X: falling 200 crossing']);
  expect(lines({ kind: 'crossesDown', symbol: 'X', threshold })).toEqual(['price X: falling 200 crossing']);
  // 5 % of 80 is 4.
  const against = { kind: 'price', price: decimal('80') } as const;
  expect(lines({ kind: 'percentChange', symbol: 'X', percent: decimal('5'), direction: 'either', against })).toEqual([
    'price X: rising 84',
    'price X: falling 76',
  ]);
  expect(
    lines({ kind: 'percentChange', symbol: 'X', percent: decimal('5'), direction: 'down', against: { kind: 'previousClose' } }),
  ).toEqual(['dayPercent X: falling -5']);
  expect(lines({ kind: 'positionWeightBelow', portfolioId: 'p', symbol: 'X', threshold: decimal('0.1') })).toEqual([
    'positionWeight p X: falling 0.1',
  ]);
  expect(lines({ kind: 'newHigh', symbol: 'X', days: 252 })).toEqual([]);
});

test('a change in per cent has no meaning against nothing', () => {
  expect(percentChange(decimal('5'), decimal('0'))).toBeNull();
  expect(formatDecimal(percentChange(decimal('95'), decimal('100')) ?? decimal('0'))).toBe('-5');
});

test('firings older than three minutes are forgotten', () => {
  const minute = 60_000;
  expect(recordFiring([0, minute, 2 * minute], 3 * minute)).toEqual({ firedAt: [minute, 2 * minute, 3 * minute], storm: false });
});
