import { expect, test } from 'vitest';
import { decimal, formatDecimal } from '../money/index.ts';
import { day } from '../time/index.ts';
import { adjustmentFactor, isAssetClass, isTradable, normalizeSymbol, roundToTick } from './index.ts';

test('the worked example of the front page', () => {
  expect(normalizeSymbol('sap.de')).toBe('SAP.XETRA');
  expect(formatDecimal(roundToTick(decimal('10.037'), decimal('0.05')))).toBe('10.05');
  const split = { kind: 'split', exOn: day('2014-06-09'), newShares: decimal('7'), oldShares: decimal('1') } as const;
  expect(formatDecimal(adjustmentFactor(split, decimal('645.57')).priceFactor)).toBe('0.142857142857142857');
});

test('an index is followed and not traded, nor is what is halted', () => {
  expect(isTradable({ assetClass: 'index', status: 'active' })).toBe(false);
  expect(isTradable({ assetClass: 'stock', status: 'halted' })).toBe(false);
  expect(isTradable({ assetClass: 'bond', status: 'active' })).toBe(true);
  expect([isAssetClass('etf'), isAssetClass('option')]).toEqual([true, false]);
});
