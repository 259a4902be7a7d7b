import type { Transaction } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { readColumns, totalsOf, writeColumns } from './ledger-filter.ts';

test('an address names columns; the first is always there, the usual ones are not written', () => {
  expect(readColumns('note,amount')).toEqual(['type', 'amount', 'note']);
  expect(writeColumns(readColumns(undefined))).toBeNull();
  expect(writeColumns(['note', 'type', 'amount'])).toBe('type,amount,note');
});

test('totals are exact and kept apart by currency', () => {
  const row = (currency: string, cashEffect: string, fee: string) => ({ currency, cashEffect, fee }) as Transaction;
  // 0.1 + 0.2 - 1 = -0.7; fees 0.01 + 0.02
  expect(totalsOf([row('USD', '0.1', '0.01'), row('EUR', '5', '0'), row('USD', '0.2', '0.02'), row('USD', '-1', '0')])).toEqual([
    { currency: 'EUR', cashEffect: '5', fees: '0' },
    { currency: 'USD', cashEffect: '-0.7', fees: '0.03' },
  ]);
});
