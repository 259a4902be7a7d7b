import { expect, test } from 'vitest';
import { everyMonth, incomeBySymbol } from './income-rows.ts';

const item = (symbol: string | null, amount: string, on: string) => ({ transactionId: on, symbol, amount, on });

test('income of an instrument is added up exactly', () => {
  // 0.1 + 0.2 = 0.3
  expect(incomeBySymbol([item('KO', '0.1', '2026-01-05'), item(null, '5', '2026-02-01'), item('KO', '0.2', '2025-11-05')])).toEqual([
    { symbol: 'KO', amount: '0.3', count: 2, lastOn: '2026-01-05' },
    { symbol: null, amount: '5', count: 1, lastOn: '2026-02-01' },
  ]);
});

test('months without income are zero, over the turn of a year as well', () => {
  const months = everyMonth([
    { month: '2026-02', amount: '3' },
    { month: '2025-11', amount: '2' },
  ]);
  expect(months.map(({ month, amount }) => `${month} ${amount}`)).toEqual(['2025-11 2', '2025-12 0', '2026-01 0', '2026-02 3']);
});
