import type { BarSeries, Indicators, Transaction } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { overlaysOf, readCompared, readIndicators, tradeMarks } from './chart-extras.ts';

test('an address names indicators and instruments; what has no meaning is left out', () => {
  expect(readIndicators('rsi14,sma20,nonsense')).toEqual(['sma20', 'rsi14']);
  expect(readIndicators(undefined)).toEqual([]);
  expect(readCompared('msft, AAPL,MSFT,,spx', 'AAPL')).toEqual(['MSFT', 'SPX']);
  expect(readCompared('a,b,c,d,e,f,g', 'X')).toHaveLength(5);
});

test('prices lie over the price, other scales in panes of their own', () => {
  const answer = {
    at: ['2026-01-05T05:00:00.000Z'],
    indicators: [
      {
        name: 'bollinger20',
        lines: [
          { name: 'upper', values: [2] },
          { name: 'lower', values: [1] },
        ],
      },
      { name: 'rsi14', lines: [{ name: 'value', values: [null] }] },
    ],
  } as unknown as Indicators;
  const overlays = overlaysOf(answer, (name, line) => `${name} ${line}`);
  expect(overlays.map(({ label, pane, colour }) => `${label} ${String(pane)} ${String(colour)}`)).toEqual([
    'bollinger20 upper null 1',
    'bollinger20 lower null 1',
    'rsi14 value rsi14 2',
  ]);
});

test('a trade stands on the bar of its day, also when it was recorded for the whole day', () => {
  const series = {
    interval: '1d',
    bars: [{ at: '2026-01-05T05:00:00.000Z' }, { at: '2026-01-06T05:00:00.000Z' }],
  } as unknown as BarSeries;
  const trade = (type: string, tradedAt: string) => ({ id: tradedAt, type, tradedAt }) as Transaction;
  const marks = tradeMarks(series, [
    trade('sell', '2026-01-06T15:00:00.000Z'),
    trade('buy', '2026-01-05T00:00:00.000Z'),
    trade('deposit', '2026-01-05T00:00:00.000Z'),
    trade('buy', '2025-12-01T00:00:00.000Z'),
  ]);
  expect(marks.map(({ at, kind }) => `${at.slice(0, 10)} ${kind}`)).toEqual(['2026-01-05 buy', '2026-01-06 sell']);
});
