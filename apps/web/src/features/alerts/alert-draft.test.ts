import type { Alert } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { checkDraft, draftOf, EMPTY_DRAFT, toChange, toNewAlert, withCondition } from './alert-draft.ts';

const PRICE = { ...EMPTY_DRAFT, symbol: 'AAPL', threshold: '200' };
const common = { repeat: 'once', cooldownSeconds: 0, channels: ['inApp', 'email', 'webhook', 'push'], expiresAt: null, note: '' };

test('only what the condition asks for is sent', () => {
  expect(toNewAlert(PRICE)).toEqual({ condition: 'priceAbove', symbol: 'AAPL', threshold: '200', ...common });
  const change = withCondition({ ...PRICE, threshold: '5' }, 'percentChange');
  expect(toNewAlert({ ...change, threshold: '5', direction: 'up' })).toEqual({
    condition: 'percentChange',
    symbol: 'AAPL',
    threshold: '5',
    direction: 'up',
    ...common,
  });
  expect(toChange({ ...change, threshold: '5', against: 'window', window: '4h' })).toMatchObject({ window: '4h' });
  expect(toChange({ ...withCondition(PRICE, 'marketMove') })).toEqual(common);
});

test('a watchlist stands in for the instrument where there can be one', () => {
  const draft = { ...PRICE, about: 'watchlist' as const, watchlistId: 'w', watchlistName: 'Chips', symbol: '' };
  expect(toNewAlert(draft)).toEqual({ condition: 'priceAbove', watchlistId: 'w', threshold: '200', ...common });
  expect(checkDraft(draft)).toEqual({});
  expect(checkDraft({ ...draft, watchlistId: '' })).toEqual({ watchlistId: true });
  expect(checkDraft({ ...draft, condition: 'positionWeightAbove', threshold: '5' })).toEqual({ symbol: true, portfolioId: true });
});

test('a weight is a percentage on screen and a fraction on the wire', () => {
  const draft = { ...EMPTY_DRAFT, condition: 'positionWeightAbove' as const, symbol: 'AAPL', portfolioId: 'p', threshold: '12.5' };
  // 12.5 / 100.
  expect(toNewAlert(draft)).toMatchObject({ symbol: 'AAPL', portfolioId: 'p', threshold: '0.125' });
  const stored = {
    ...draft,
    threshold: '0.125',
    window: null,
    reference: null,
    period: null,
    expiresAt: null,
    watchlistId: null,
  } as unknown as Alert;
  expect(draftOf(stored).threshold).toBe('12.5');
});

test('what is missing is named', () => {
  expect(checkDraft(PRICE)).toEqual({});
  expect(checkDraft({ ...EMPTY_DRAFT, threshold: '0', channels: [] })).toEqual({ symbol: true, threshold: true, channels: true });
  expect(checkDraft({ ...PRICE, condition: 'newHigh', window: '4h' })).toEqual({ window: true });
  expect(checkDraft({ ...PRICE, condition: 'averageCross', period: '1' })).toEqual({ period: true });
  expect(checkDraft({ ...PRICE, condition: 'marketMove', threshold: '' })).toEqual({});
  expect(checkDraft({ ...PRICE, condition: 'percentChange', against: 'reference', reference: 'x' })).toEqual({ reference: true });
});

test('a condition of another kind begins with what suits it', () => {
  expect(withCondition(PRICE, 'priceBelow').threshold).toBe('200');
  expect(withCondition(PRICE, 'rsiCross')).toMatchObject({ threshold: '70', period: '14' });
  expect(withCondition(PRICE, 'newHigh').window).toBe('252d');
  expect(withCondition(withCondition(PRICE, 'newHigh'), 'percentChange')).toMatchObject({ window: '1h', threshold: '' });
});
