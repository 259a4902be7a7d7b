import { expect, test } from 'vitest';
import { emptyDraft } from './order-draft.ts';
import { remedyFor } from './order-remedy.ts';

const cash = { code: 'insufficient_cash', detail: '', needed: '22845', available: '9500.50' };
const draft = { ...emptyDraft, quantity: '100' };

test('as many whole shares as the cash pays for: (9,500.50 - 1.00) / 228.45 = 41.58', () => {
  expect(remedyFor(cash, draft, { price: '228.45', fee: '1.00' })).toEqual({ quantity: '41' });
});

test('fractions where fractions were asked for, cut and not rounded up', () => {
  expect(remedyFor(cash, { ...draft, quantity: '100.5' }, { price: '228.45', fee: '1.00' })).toEqual({ quantity: '41.58240315' });
});

test('as many as are held', () => {
  expect(remedyFor({ code: 'insufficient_position', detail: '', available: '7.5' }, draft, { price: null, fee: '0' })).toEqual({
    quantity: '7.5',
  });
});

test('no remedy where there is none', () => {
  expect(remedyFor({ ...cash, available: '0.50' }, draft, { price: '228.45', fee: '1.00' })).toBeNull();
  expect(remedyFor({ code: 'market_closed', detail: '' }, draft, { price: '1', fee: '0' })).toBeNull();
  expect(remedyFor(cash, { ...draft, unit: 'amount' }, { price: '228.45', fee: '0' })).toBeNull();
});
