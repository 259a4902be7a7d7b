import fc from 'fast-check';
import { expect, test } from 'vitest';
import { directionOf, sharedPrefix } from './decimal-text.ts';
import { formatAge, formatDay, isMidnight } from './format-age.ts';
import { currencyDigits, formatMoney, formatPercent, formatPrice, formatQuantity, moneyParts, roundedWeights } from './format-figure.ts';
import { readDecimal } from './read-decimal.ts';

const en = { locale: 'en' };
const de = { locale: 'de' };
const NBSP = '\u00A0';

test('eighteen digits survive: nothing passes through a binary number', () => {
  expect(formatMoney('12345678901234567.89', en, { currency: 'USD', unit: 'none' })).toBe('12,345,678,901,234,567.89');
  expect(formatQuantity('0.123456789012345678', en)).toBe('0.12345679');
});

test.each([
  ['1234.5', 'USD', 'symbol', '$1,234.50', `1.234,50${NBSP}$`],
  ['1234.5', 'CAD', 'symbol', 'CA$1,234.50', `1.234,50${NBSP}CA$`],
  ['1234.5', 'JPY', 'symbol', '¥1,235', `1.235${NBSP}¥`],
  ['-1234.5', 'EUR', 'code', `−1,234.50${NBSP}EUR`, `−1.234,50${NBSP}EUR`],
  ['1.2345', 'KWD', 'none', '1.235', '1,235'],
  ['7', 'USDT', 'symbol', `7.00${NBSP}USDT`, `7,00${NBSP}USDT`],
] as const)('%s %s (%s) reads %s, in German %s', (...row) => {
  const [value, currency, unit, english, german] = row;
  expect(formatMoney(value, en, { currency, unit })).toBe(english);
  expect(formatMoney(value, de, { currency, unit })).toBe(german);
});

test.each(['en', 'de', 'sv', 'ar'])('the minus is U+2212 in %s, and never a hyphen', (locale) => {
  const text = formatMoney('-5.25', { locale }, { currency: 'USD', unit: 'symbol' });
  expect(text).toContain('\u2212');
  expect(text).not.toContain('-');
});

test.each([
  ['0', '0.00'],
  ['-0', '0.00'],
  ['0.004', '0.00'],
  ['-0.004', '0.00'],
  ['0.005', '+0.01'],
  ['-0.005', '−0.01'],
  ['12.3', '+12.30'],
])('a change of %s reads %s: what rounds to zero has no sign', (value, shown) => {
  expect(formatMoney(value, en, { currency: 'USD', unit: 'none', signed: true })).toBe(shown);
});

test.each([
  ['0', 'flat'],
  ['-0.00', 'flat'],
  ['0.0049', 'flat'],
  ['-0.0049', 'flat'],
  ['0.005', 'up'],
  ['-0.01', 'down'],
  ['+3', 'up'],
])('the arrow of %s at two decimals is %s', (value, direction) => {
  expect(directionOf(value, 2)).toBe(direction);
});

test('arrow and sign never contradict each other', () => {
  const decimal = fc.tuple(
    fc.constantFrom('', '-'),
    fc.bigInt(0n, 10n ** 12n),
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 6 }),
  );
  fc.assert(
    fc.property(decimal, ([sign, whole, fraction]) => {
      const text = `${sign}${whole.toString()}.${fraction}`;
      const shown = formatMoney(text, en, { currency: 'USD', unit: 'none', signed: true });
      const bySign = shown.startsWith('+') ? 'up' : shown.startsWith('\u2212') ? 'down' : 'flat';
      return directionOf(text, 2) === bySign;
    }),
  );
});

test.each([
  ['1.2199', '+1.22%', `+1,22${NBSP}%`],
  ['-0.004', '0.00%', `0,00${NBSP}%`],
  ['1234.56', '+1,235%', `+1.235${NBSP}%`],
])('%s percent reads %s, in German %s', (value, english, german) => {
  expect(formatPercent(value, en, { signed: true })).toBe(english);
  expect(formatPercent(value, de, { signed: true })).toBe(german);
});

test.each([
  ['228.4', undefined, '228.40'],
  ['228.44000000', undefined, '228.44'],
  ['1.08345', undefined, '1.0835'],
  ['0.00001234', undefined, '0.00001234'],
  ['2', '0.0001', '2.0000'],
  ['3354', '1', '3,354'],
  ['1221.5', '0.05', '1,221.50'],
])('the price %s with tick %s reads %s', (value, tickSize, shown) => {
  expect(formatPrice(value, en, { tickSize })).toBe(shown);
});

test('the fraction of money is a part of its own', () => {
  const parts = moneyParts('128417.62', en, { currency: 'EUR', unit: 'symbol' });
  expect(parts.filter((part) => part.kind === 'fraction').map((part) => part.text)).toEqual(['.', '62']);
  expect(currencyDigits('JPY')).toBe(0);
});

test('compact keeps three digits', () => {
  expect(formatMoney('1284170.62', en, { currency: 'USD', unit: 'symbol', compact: true })).toBe('$1.28M');
});

test('weights on screen add up to 100.0', () => {
  expect(roundedWeights([1 / 3, 1 / 3, 1 / 3])).toEqual([33.4, 33.3, 33.3]);
  const shares = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(shares, (parts) => {
      const total = parts.reduce((sum, part) => sum + part, 0);
      const tenths = roundedWeights(parts.map((part) => part / total)).reduce((sum, weight) => sum + Math.round(weight * 10), 0);
      return tenths === 1000;
    }),
  );
});

test('only what changed is marked', () => {
  expect(sharedPrefix('228.44', '228.47')).toBe(5);
  expect(sharedPrefix('999.99', '1,000.00')).toBe(0);
});

test.each([
  ['1,234.50', 'en', '1234.50'],
  ['1.234,50', 'de', '1234.50'],
  ['1234,5', 'de', '1234.5'],
  ['12.5', 'de', '12.5'],
  ['1.234', 'de', '1234'],
  ['12,34', 'en', null],
  ['1 234.5', 'en', '1234.5'],
  ['−3', 'en', '-3'],
  ['.5', 'en', '0.5'],
  ['007', 'en', '7'],
  ['', 'en', null],
  ['1.2.3', 'en', null],
  ['abc', 'en', null],
])('%j typed in %s means %s', (typed, locale, plain) => {
  expect(readDecimal(typed, locale)).toBe(plain);
});

test('ages are relative for a day and a date after that', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  expect(formatAge(now - 4_000, now, en)).toBe('4 sec. ago');
  expect(formatAge(now - 3 * 60_000, now, en)).toBe('3 min. ago');
  expect(formatAge(now - 5 * 3_600_000, now, en)).toBe('5 hr. ago');
  expect(formatAge(now - 8 * 86_400_000, now, en)).toBe('Nov 12, 2026');
  expect(formatDay('2026-01-05', en)).toBe('Jan 5, 2026');
});

test('midnight is that of the zone', () => {
  expect(isMidnight(Date.parse('2026-01-05T23:00:00Z'), 'Europe/Berlin')).toBe(true);
  expect(isMidnight(Date.parse('2026-01-05T00:00:00Z'), 'Europe/Berlin')).toBe(false);
  expect(isMidnight(Date.parse('2026-01-05T00:00:00.001Z'), 'UTC')).toBe(false);
});

test('without a tick a price has the decimals of its currency', () => {
  expect(formatPrice('3354', en, { currency: 'JPY' })).toBe('3,354');
  expect(formatPrice('3354', en, { currency: 'USD' })).toBe('3,354.00');
});
