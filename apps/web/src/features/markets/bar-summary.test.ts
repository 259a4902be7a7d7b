import { expect, test } from 'vitest';
import { summarizeBars } from './bar-summary.ts';

const bar = (at: string, [low = '', high = '', close = '']: readonly string[]) => ({ at, open: close, low, high, close, volume: '1' });

test('first, last, lowest, highest, and the change between: 120 / 100 - 1 = 20 %', () => {
  const bars = [bar('1', ['99', '101', '100']), bar('2', ['90', '110', '95']), bar('3', ['100', '130', '120'])];
  const summary = summarizeBars(bars);
  expect([summary?.lowest.at, summary?.highest.at, summary?.changePercent.toFixed(6)]).toEqual(['2', '3', '20.000000']);
  expect(summarizeBars([])).toBeNull();
});
