import type { Transaction } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { checkEntry, emptyEntry, entryOf, ENTRY_TYPES, fieldsOf, toCorrection, toTransaction } from './transaction-entry.ts';

const blank = emptyEntry(new Date(2026, 0, 5, 23, 59));

test('the day is the one on the calendar at hand', () => {
  expect(blank.day).toBe('2026-01-05');
});

test('what is missing is named by field', () => {
  expect(checkEntry(blank)).toEqual({ symbol: 'required', quantity: 'amount', price: 'amount' });
  expect(checkEntry({ ...blank, type: 'deposit', amount: '0.00' })).toEqual({ amount: 'amount' });
  expect(checkEntry({ ...blank, symbol: 'AAPL', quantity: '1', price: '-2', fee: 'x', day: '' })).toEqual({
    price: 'amount',
    fee: 'amount',
    day: 'required',
  });
  expect(checkEntry({ ...blank, type: 'split', symbol: 'AAPL', newShares: '4' })).toEqual({ oldShares: 'amount' });
  expect(checkEntry({ ...blank, type: 'interest', amount: '3', tax: '0' })).toEqual({});
});

test('only what the type needs is sent', () => {
  const trade = { ...blank, symbol: 'AAPL', quantity: '10', price: '228.45', amount: '7', note: ' first ' };
  expect(toTransaction(trade)).toEqual({
    type: 'buy',
    symbol: 'AAPL',
    quantity: '10',
    price: '228.45',
    tradedAt: '2026-01-05',
    note: 'first',
  });
  expect(toTransaction({ ...trade, type: 'deposit' })).toEqual({ type: 'deposit', amount: '7', tradedAt: '2026-01-05', note: 'first' });
  expect(toTransaction({ ...trade, type: 'dividend', currency: 'EUR', note: '' })).toEqual({
    type: 'dividend',
    symbol: 'AAPL',
    amount: '7',
    currency: 'EUR',
    tradedAt: '2026-01-05',
  });
});

const known = {
  type: 'buy',
  symbol: 'AAPL',
  quantity: '10',
  price: '228.45',
  amount: '2284.5',
  currency: 'USD',
  fee: '1',
  tax: '0',
  note: null,
  tradedAt: '2026-01-04T23:00:00.000Z',
} as Transaction;

test('what was recorded is shown on the day of the portfolio’s zone, and corrected only where it changed', () => {
  const before = entryOf(known, 'Europe/Berlin');
  if (before === null) throw new Error('the form knows purchases');
  expect([before.day, before.fee, before.tax]).toEqual(['2026-01-05', '1', '']);
  expect(toCorrection({ ...before, price: '228.40', fee: '' }, before)).toEqual({
    symbol: 'AAPL',
    quantity: '10',
    price: '228.40',
    fee: '0',
  });
  expect(toCorrection({ ...before, day: '2026-01-06', note: 'late' }, before)).toMatchObject({ tradedAt: '2026-01-06', note: 'late' });
  expect(entryOf({ ...known, type: 'merger' }, 'UTC')).toBeNull();
});

test('every type asks for something, and none for the same field twice', () => {
  for (const type of ENTRY_TYPES) {
    const fields = fieldsOf(type);
    expect([type, fields.length > 0, new Set(fields).size]).toEqual([type, true, fields.length]);
  }
});
