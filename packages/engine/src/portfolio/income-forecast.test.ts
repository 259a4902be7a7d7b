import { describe, expect, it } from 'vitest';
import type { CashDividend } from '../instruments/index.ts';
import type { Transaction } from '../ledger/index.ts';
import { decimal, formatDecimal, ONE, ZERO } from '../money/index.ts';
import { formatDay, parseDay, type Day } from '../time/index.ts';
import { forecastIncome } from './income-forecast.ts';

const RULES = { baseCurrency: 'USD', costMethod: 'fifo', cashMode: 'full', shorting: false } as const;
const day = (text: string): Day => parseDay(text) ?? 0;
const TODAY = day('2026-01-05');

let count = 0;
function head(on: string) {
  count += 1;
  return { id: `t${count}`, tradedOn: day(on), currency: 'USD', instrument: 'A' };
}
const buy = (on: string, quantity: string): Transaction => ({
  ...head(on),
  type: 'buy',
  quantity: decimal(quantity),
  amount: ONE,
  fee: ZERO,
  tax: ZERO,
});
const sell = (on: string, quantity: string): Transaction => ({
  ...head(on),
  type: 'sell',
  quantity: decimal(quantity),
  amount: ONE,
  fee: ZERO,
  tax: ZERO,
});
const dividend = (on: string, amount: string): Transaction => ({
  ...head(on),
  type: 'dividend',
  amount: decimal(amount),
  fee: ZERO,
  tax: ZERO,
});
const split = (on: string): Transaction => ({ ...head(on), type: 'split', newShares: decimal('2'), oldShares: ONE, cashInLieu: ZERO });
const announced = (exOn: string, payOn: string | null, perShare: string): CashDividend => ({
  ...{ kind: 'cashDividend', exOn: day(exOn), payOn: payOn === null ? null : day(payOn) },
  ...{ amountPerShare: decimal(perShare), currency: 'USD' },
});

function forecast(transactions: readonly Transaction[], declared: readonly CashDividend[] = [], until = '2027-01-05') {
  return forecastIncome(RULES, transactions, { today: TODAY, until: day(until), declared: new Map([['A', declared]]) }).map(
    ({ kind, on, quantity, amount }) => `${formatDay(on)} ${kind} ${formatDecimal(quantity)} ${formatDecimal(amount)}`,
  );
}

describe('what will be paid', () => {
  const quarterly = [buy('2025-01-10', '10'), dividend('2025-03-10', '5'), dividend('2025-06-10', '5'), dividend('2025-09-10', '6')];

  it('is what was paid a year before, per share, on what is held now', () => {
    // 0.50, 0.50 and 0.60 a share on 20 shares.
    expect(forecast([...quarterly, buy('2025-10-01', '10')])).toEqual([
      '2026-03-10 projected 20 10',
      '2026-06-10 projected 20 10',
      '2026-09-10 projected 20 12',
    ]);
  });

  it('follows a split, and ends where nothing is held or the time asked for ends', () => {
    // 20 shares at 0.25 each.
    expect(forecast([...quarterly, split('2025-10-01')], [], '2026-03-31')).toEqual(['2026-03-10 projected 20 5']);
    expect(forecast([...quarterly, sell('2025-10-01', '10')])).toEqual([]);
  });

  it('is not expected again of what paid once only', () => {
    expect(forecast([buy('2025-01-10', '10'), dividend('2025-03-10', '5')])).toEqual([]);
    // Once a year, and twice in two years.
    expect(forecast([buy('2024-01-10', '10'), dividend('2024-03-11', '5'), dividend('2025-03-10', '6')])).toEqual([
      '2026-03-10 projected 10 6',
    ]);
  });

  it('is what was declared where something was, on the shares held before the ex-date', () => {
    const declared = [
      announced('2026-03-02', '2026-03-20', '0.7'),
      announced('2025-12-29', '2026-01-15', '0.1'),
      announced('2025-12-01', '2025-12-20', '9'),
    ];
    // The payment of March stands for last year's; of January's, 4 shares bought after the ex-date get nothing.
    expect(forecast([...quarterly, buy('2025-12-29', '4')], declared, '2026-06-30')).toEqual([
      '2026-01-15 declared 10 1',
      '2026-03-20 declared 14 9.8',
      '2026-06-10 projected 14 7',
    ]);
  });

  it('without a pay day is expected on the ex-date', () => {
    expect(forecast([buy('2025-01-10', '10')], [announced('2026-02-02', null, '0.2')])).toEqual(['2026-02-02 declared 10 2']);
  });
});
