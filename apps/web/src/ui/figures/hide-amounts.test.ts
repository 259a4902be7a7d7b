import { expect, test } from 'vitest';
import { hideAmounts } from './hide-amounts.ts';

const table = [
  ['Bought 1,234.5 AAPL at 224.98 USD', 'fill', 'Bought ••• AAPL at ••• USD'],
  ['1.234,5 AAPL zu 224,98 USD gekauft', 'fill', '••• AAPL zu ••• USD gekauft'],
  ['21 orders filled in Practice', 'fill', '••• orders filled in Practice'],
  ['Maintenance from 06:00', 'announcement', 'Maintenance from 06:00'],
] as const;

test.each(table)('%s, of the kind %s: %s', (sentence, kind, outcome) => {
  expect(hideAmounts(sentence, { kind, hidden: true })).toBe(outcome);
  expect(hideAmounts(sentence, { kind, hidden: false })).toBe(sentence);
});
