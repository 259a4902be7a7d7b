import { expect, test } from 'vitest';
import type { Cell, CellKind } from '../document/report-document.ts';
import { figureText } from './figure-text.ts';

test.each<[string, Cell, CellKind, string | undefined, true | undefined, string]>([
  ['en', '1234567.891', 'money', 'USD', undefined, '1,234,567.89'],
  ['de', '1234567.891', 'money', 'USD', undefined, '1.234.567,89'],
  ['de-CH', '1234567.891', 'money', 'CHF', undefined, "1'234'567.89"],
  // The yen has no smaller unit, the dinar of Kuwait three digits of it.
  ['en', '1234.5', 'money', 'JPY', undefined, '1,234'],
  ['en', '1.2345', 'money', 'KWD', undefined, '1.234'],
  // Half to even: 0.125 and 0.135.
  ['en', '0.125', 'money', 'USD', undefined, '0.12'],
  ['en', '0.135', 'money', 'USD', undefined, '0.14'],
  ['en', '-5', 'money', 'USD', true, '−5.00'],
  ['en', '5', 'money', 'USD', true, '+5.00'],
  // What rounds to nothing has no sign.
  ['en', '-0.001', 'money', 'USD', true, '0.00'],
  // More digits than a binary float holds.
  ['en', '12345678901234567890.12', 'money', 'USD', undefined, '12,345,678,901,234,567,890.12'],
  ['en', '228.4412345', 'price', 'USD', undefined, '228.441234'],
  ['en', '10', 'price', 'USD', undefined, '10.00'],
  ['en', '0.12345678', 'quantity', undefined, undefined, '0.12345678'],
  ['en', 0.045, 'fraction', undefined, true, '+4.50%'],
  ['en', -0.00001, 'fraction', undefined, true, '0.00%'],
  ['de', -0.0819, 'fraction', undefined, undefined, '−8,19\u00a0%'],
  ['de', '2026-01-08', 'day', undefined, undefined, '08.01.2026'],
  ['en', null, 'money', 'USD', undefined, ''],
])('%s: %j as %s %s is %j', (locale, value, kind, currency, signed, shown) => {
  expect(figureText(locale, 'UTC').cell(value, { kind, currency, signed })).toBe(shown);
});

test('instants are told in the time zone of the user', () => {
  const noon = Date.UTC(2026, 0, 8, 12);
  expect(figureText('de', 'Europe/Berlin').instant(noon)).toBe('08.01.2026, 13:00');
  expect(figureText('de', 'Asia/Kolkata').instant(noon)).toBe('08.01.2026, 17:30');
});
