/** Each sample: its format, how many rows became what, and what they come to. */
import { readFileSync } from 'node:fs';
import { formatDecimal } from '@holdfast/engine/money';
import { describe, expect, test } from 'vitest';
import type { StatementRow } from '../statement-row.ts';
import { decodeStatement } from '../statement-text.ts';
import { totalsOf } from '../statement-totals.ts';
import { ALL_FORMATS, recogniseFormat } from './all-formats.ts';
import type { ColumnMapping } from './column-mapping.ts';
import { statementFile } from './format.ts';

function read(name: string, mapping: ColumnMapping | null = null) {
  const file = statementFile(decodeStatement(readFileSync(new URL(`../testdata/${name}`, import.meta.url))));
  const format = recogniseFormat(file);
  const statement = format.read(file, mapping);
  const totals = totalsOf(statement.rows);
  return {
    file,
    format: format.id,
    ...statement,
    problems: statement.problems.map(({ line, column, message }) => `${line} ${column ?? ''}: ${message}`),
    types: Object.fromEntries(totals.types.map(({ type, count }) => [type, count])),
    cash: Object.fromEntries(totals.cash.map(({ currency, amount }) => [currency ?? 'unsaid', formatDecimal(amount)])),
  };
}

/** A row as text, without what it does not have. */
function plain(row: StatementRow | undefined) {
  return Object.fromEntries(
    Object.entries(row ?? {})
      .filter(([, value]) => value !== null && value !== 0n)
      .map(([key, value]) => [key, typeof value === 'bigint' ? formatDecimal(value as never) : (value as unknown)]),
  );
}

describe('every sample is taken for what it is, and for nothing else as surely', () => {
  test.each([
    ['schwab.csv', 'schwab'],
    ['degiro.csv', 'degiro'],
    ['trading212.csv', 'trading-212'],
    ['trading-212.csv', 'trading-212'],
    ['ibkr-trades.csv', 'interactive-brokers-flex-csv'],
    ['interactive-brokers-flex.xml', 'interactive-brokers-flex'],
    ['interactive-brokers-activity.csv', 'interactive-brokers-activity'],
    ['sharesight-all-trades.csv', 'sharesight'],
    ['generic-raw.csv', 'generic'],
    ['ghostfolio.csv', 'ghostfolio-csv'],
    ['ghostfolio.json', 'ghostfolio-json'],
    ['portfolio-performance-de.csv', 'portfolio-performance'],
    ['portfolio-performance-en.csv', 'portfolio-performance'],
    ['fidelity.csv', 'fidelity'],
    ['yahoo-finance.csv', 'yahoo-finance'],
  ])('%s: %s', (name, id) => {
    const { file } = read(name);
    const scores = ALL_FORMATS.map((format) => [format.id, format.recognise(file)] as const).sort((a, b) => b[1] - a[1]);
    expect(scores[0]?.[0]).toBe(id);
    expect(scores[0]?.[1]).toBeGreaterThan(scores[1]?.[1] ?? 1);
  });
});

test('Schwab', () => {
  const { rows, types, cash, problems, passed } = read('schwab.csv');
  expect(types).toEqual({
    buy: 2,
    deposit: 1,
    dividend: 8,
    fee: 2,
    interest: 1,
    returnOfCapital: 1,
    sell: 1,
    split: 2,
    tax: 1,
    transferOut: 1,
    withdrawal: 2,
  });
  // Amounts of the rows that are read: -694.48 +694.48 +1.63 +149.64 +177.70 +101.57 -519.67 +5000.00 +11.41 +99.02 +932.07
  // -100000.00 -30.00 +7.06 -0.50 -1.30 -1680.00 +5.90 +5.49 = -95739.98. The file's own total counts other rows.
  expect(cash).toEqual({ USD: '-95739.98' });
  expect(passed).toEqual([{ line: 29, reason: 'The total of the file.' }]);
  expect(problems.map((problem) => problem.slice(0, 25))).toEqual([
    '23 Action: "Reverse Split',
    '24 Action: "Spin-off" can',
    '25 Action: "Stock Merger"',
    '26 Action: "Name Change" ',
    '27 Action: "Conversion" c',
  ]);
  // 5000.00 arrived after a fee of 10.00: 5010.00 is what 592.199 units brought.
  expect(plain(rows.find(({ line }) => line === 9))).toMatchObject({
    type: 'sell',
    symbol: 'FIHBX',
    quantity: '592.199',
    amount: '5010',
    fee: '10',
  });
  expect(plain(rows.find(({ line }) => line === 20))).toMatchObject({
    type: 'split',
    symbol: 'AVGO',
    quantity: '9',
    tradedAt: '2024-07-12',
  });
});

test('Degiro: rows of one order, of one exchange and of one dividend are put together', () => {
  const { rows, types, cash, problems, passed } = read('degiro.csv');
  expect(types).toEqual({ buy: 1, deposit: 1, dividend: 1, exchange: 1, fee: 1, withdrawal: 1 });
  // EUR: 27.80 + 1.28 - 1.00 - 15.10 = 12.98. USD: 0.44 - 0.07 - 1.36 - 33.90 = -34.89.
  expect(cash).toEqual({ EUR: '12.98', USD: '-34.89' });
  expect(problems).toEqual([]);
  // Fourteen rows: six transactions of eight, and six that are none.
  expect(passed.map(({ line }) => line)).toEqual([2, 3, 5, 10, 11, 14]);
  // 16:55 in Amsterdam in winter is 15:55 UTC.
  expect(plain(rows.find(({ type }) => type === 'buy'))).toEqual({
    line: 13, type: 'buy', isin: 'US9256521090', name: 'VICI PROPERTIES INC. C', quantity: '1', price: '33.9', amount: '33.9', currency: 'USD',
    tradedAt: '2022-12-15T15:55:00.000Z', note: 'Koop 1 @ 33,9 USD',
  }); // prettier-ignore
});

test('Trading 212, a file of several years in one layout: what does not fit is named by line', () => {
  const { types, cash, problems } = read('trading212.csv');
  expect(types).toEqual({ buy: 1, deposit: 1, dividend: 1, interest: 1, sell: 1 });
  // 31.00 - 1.33 + 0.70 + 0.03 + 0.01 = 30.41, all of it booked in euros.
  expect(cash).toEqual({ EUR: '30.41' });
  expect(problems.map((problem) => problem.slice(0, 40))).toEqual([
    '7 Currency (Price / share): "11.05633040',
    '8 Currency (Price / share): "595.0000000',
    '10 No. of shares: is empty. Write the fi',
  ]);
});

test('Trading 212: pence, stamp duty, a split of two rows, shares that leave', () => {
  const { rows, cash, problems, passed } = read('trading-212.csv');
  expect(problems).toEqual([]);
  expect(passed).toEqual([{ line: 4, reason: 'The other half of the split in line 5.' }]);
  // -256.28 + 2.75 - 100.00 = -353.53
  expect(cash).toMatchObject({ GBP: '-353.53' });
  // 10 x 2550 pence is 255.00 pounds, and 255.00 + 1.28 = 256.28.
  expect(plain(rows[0])).toMatchObject({ type: 'buy', currency: 'GBP', price: '25.5', amount: '255', tax: '1.28', isin: 'GB00B03MLX29' });
  expect(rows[2]?.ratio && [formatDecimal(rows[2].ratio.newShares), formatDecimal(rows[2].ratio.oldShares)]).toEqual(['30', '3']);
  expect(plain(rows[3])).toMatchObject({ type: 'transferOut', quantity: '4', amount: '104' });
});

test('Interactive Brokers, Flex query as XML', () => {
  const { rows, types, cash, problems, passed } = read('interactive-brokers-flex.xml');
  expect(types).toEqual({ buy: 2, deposit: 1, dividend: 1, exchange: 1, fee: 4, interest: 1, merger: 1, split: 1, tax: 1 });
  // USD: -1852.50 - 1.05 - 1390.00 + 1095.00 + 403.70 + 2.40 - 0.36 = -1742.81, and the 2.00 of the exchange are paid in dollars: -1744.81.
  // EUR: 5000.00 - 1000.00 - 3.10 + 1.23 = 3998.13. CHF: -1.80 - 10.00 - 2.00 = -13.80.
  expect(cash).toEqual({ USD: '-1744.81', EUR: '3998.13', CHF: '-13.8' });
  // 10:30 in New York in winter is 15:30 UTC.
  expect(plain(rows[0])).toMatchObject({
    line: 6,
    brokerId: 'trade-1001',
    fee: '1.05',
    amount: '1852.5',
    tradedAt: '2024-01-05T15:30:00.000Z',
  });
  // Two contracts of 100 at 6.95.
  expect(plain(rows[1])).toMatchObject({ symbol: 'AAPL240621C00200000', quantity: '200', price: '6.95', amount: '1390' });
  expect(plain(rows.find(({ type }) => type === 'exchange'))).toMatchObject({
    amount: '1000',
    currency: 'EUR',
    counterAmount: '1095',
    counterCurrency: 'USD',
  });
  expect(plain(rows.find(({ type }) => type === 'dividend'))).toMatchObject({
    symbol: 'AAPL',
    amount: '2.4',
    tax: '0.36',
    isin: 'US0378331005',
  });
  expect(rows.find(({ type }) => type === 'split')?.ratio).toEqual({ newShares: 10n ** 19n, oldShares: 10n ** 18n });
  expect(plain(rows.find(({ type }) => type === 'merger'))).toMatchObject({ symbol: 'JMLP', quantity: '367', amount: '403.7' });
  expect(problems).toEqual([
    '14 description: "UUU(CA91701P1053) TENDERED TO CA91701P1TN3 1 FOR 1 (UUU, URA…": The statement does not say all that is to be known of it. Record it by hand.',
  ]);
  expect(passed).toEqual([{ line: 7, reason: 'A sum or a closed lot of executions that stand in rows of their own.' }]);
});

test('Interactive Brokers, Flex query as CSV', () => {
  const { types, cash, problems } = read('ibkr-trades.csv');
  expect(types).toEqual({ buy: 1 });
  // 7 x 282.70 + 5.00 = 1983.90
  expect(cash).toEqual({ CHF: '-1983.9' });
  expect(problems).toEqual([
    '3 symbol: is missing, and so is the ISIN: add one of them to the Flex query, or record this transaction by hand.',
  ]);
});

test('Interactive Brokers, activity statement', () => {
  const { rows, types, cash, problems } = read('interactive-brokers-activity.csv');
  expect(problems).toEqual([]);
  expect(types).toEqual({ buy: 2, deposit: 1, dividend: 1, exchange: 1, fee: 2 });
  // USD: -185250.00 - 5.00 - 1390.00 - 1.80 + 1095.00 - 2.00 + 240.00 - 36.00 - 1.50 = -185351.30. EUR: 5000 - 1000 = 4000.
  expect(cash).toEqual({ USD: '-185351.3', EUR: '4000' });
  expect(plain(rows[0])).toMatchObject({ symbol: 'AAPL', isin: 'US0378331005', name: 'APPLE INC', quantity: '1000' });
});

test('Sharesight: a currency account is cash', () => {
  const { types, cash, passed } = read('sharesight-all-trades.csv');
  expect(types).toEqual({ deposit: 1, withdrawal: 1 });
  expect(cash).toEqual({ ETH: '1', BTC: '-0.1' });
  expect(passed).toEqual([]);
});

test('a CSV of no particular broker', () => {
  const { rows, types, cash } = read('generic-raw.csv');
  expect(types).toEqual({ buy: 1, dividend: 1, sell: 1, split: 1 });
  // 4200 x 0.80 + 19 x 116.00 - 0.05 - 105 x 180.50 = 3360 + 2204 - 0.05 - 18952.50 = -13388.55
  expect(cash).toEqual({ USD: '-13388.55' });
  expect(plain(rows[3])).toMatchObject({ type: 'split', symbol: 'AMZN', quantity: '209' });
});

test('Ghostfolio, CSV: days in four orders', () => {
  const { rows, cash, problems } = read('ghostfolio.csv');
  expect(rows.map(({ tradedAt, type }) => `${tradedAt} ${type}`)).toEqual([
    '2025-02-03 fee',
    '2025-02-04 buy',
    '2025-03-05 dividend',
    '2025-03-10 sell',
  ]);
  // -25 - 4 x 230.15 - 1.50 + 4 x 0.25 + 1.5 x 240 - 1 = -25 - 922.10 + 1 + 359 = -587.10
  expect(cash).toEqual({ USD: '-587.1' });
  expect(rows[3]?.isin).toBe('US0378331005');
  expect(problems).toEqual(['6 Quantity: is 0: a trade has a quantity. Take the row out, or write the quantity into the file.']);
});

test('Ghostfolio, JSON: numbers are read as they are written, and objects know their lines', () => {
  const { rows, cash, problems } = read('ghostfolio.json');
  expect(rows.map(({ line }) => line)).toEqual([5, 6, 7, 10]);
  // 400.10000000000002 has 17 digits: no binary float would hand them over.
  expect(plain(rows[1])).toMatchObject({
    price: '400.10000000000002',
    brokerId: 'activity-2',
    tradedAt: '2024-01-03T15:30:00.000Z',
    fee: '1.9',
  });
  expect(plain(rows[2])).toMatchObject({ name: 'A flat in Graz', tradedAt: '2024-02-01' });
  expect(plain(rows[3])).toMatchObject({ type: 'sell', quantity: '0.0000001' });
  // EUR: -30 - 310000. USD: 3 x 400.10 rounded to cents, plus 1.90, is 1202.20; 0.0000001 x 50000 = 0.005 rounds to the even cent, 0.
  expect(cash).toEqual({ EUR: '-310030', USD: '-1202.2' });
  expect(problems).toEqual([
    '11 type: "liability" is not buy, sell, dividend, interest, fee or item. Take the row out, or record it by hand.',
  ]);
});

test('Portfolio Performance, German: decimal commas, and costs inside the value', () => {
  const { rows, cash, problems, passed } = read('portfolio-performance-de.csv');
  // 5000.00 - 1234.56 - 920.00 + 73.60 + 1295.44 - 3.21 = 4211.27
  expect(cash).toEqual({ EUR: '4211.27' });
  // 1234.56 less the fee of 4.56 is 1230.00 for ten.
  expect(plain(rows[1])).toMatchObject({ type: 'buy', amount: '1230', fee: '4.56', price: '123', quantity: '10' });
  expect(plain(rows[2])).toMatchObject({ amount: '1000', currency: 'USD', price: '200', counterAmount: '920', counterCurrency: 'EUR' });
  // 73.60 + 18.40 = 92.00 euros are 100.00 dollars, so the tax of 18.40 euros is 20.00 dollars.
  expect(plain(rows[3])).toMatchObject({ type: 'dividend', amount: '100', tax: '20', counterAmount: '73.6' });
  // 1295.44 + 4.56 + 100.00 = 1400.00
  expect(plain(rows[4])).toMatchObject({ type: 'sell', amount: '1400', fee: '4.56', tax: '100', price: '140' });
  expect(passed).toEqual([{ line: 8, reason: 'A move between your own accounts.' }]);
  expect(problems).toEqual([
    '9 Stück: is empty, and a trade has a quantity. Export all transactions, or the securities account, instead of the cash account.',
  ]);
});

test('Portfolio Performance, English', () => {
  const { rows, types, cash, problems } = read('portfolio-performance-en.csv');
  expect(problems).toEqual([]);
  expect(types).toEqual({ buy: 1, deposit: 1, interest: 1, transferOut: 1 });
  // 5000.00 - 1234.56 + 12.34 = 3777.78
  expect(cash).toMatchObject({ EUR: '3777.78' });
  expect(plain(rows[1])).toMatchObject({ amount: '1230', price: '123' });
});

test('Fidelity', () => {
  const { rows, types, cash, problems, passed } = read('fidelity.csv');
  expect(problems).toEqual([]);
  expect(types).toEqual({ buy: 1, deposit: 1, dividend: 1, sell: 1, tax: 1 });
  // 1199.97 + 2.50 - 1.75 - 2301.00 + 2785.25 = 1684.97, the cash balance of the newest row.
  expect(cash).toEqual({ USD: '1684.97' });
  expect(plain(rows[0])).toMatchObject({ type: 'sell', quantity: '5', amount: '1200', fee: '0.03', tradedAt: '2025-03-04' });
  expect(passed.map(({ line }) => line)).toEqual([8, 11]);
});

test('Yahoo Finance: no currency, cash as a symbol, watched symbols', () => {
  const { rows, cash, types, passed } = read('yahoo-finance.csv');
  expect(types).toEqual({ buy: 2, deposit: 1, fee: 1, sell: 1 });
  // 1500 - 9.50 - 2.5 x 220.50 - 0.75 - 3 x 240 - 4.90 + 1.25 x 240 - 0.50 = 513.10; each in the currency of its instrument.
  expect(cash).toEqual({ unsaid: '513.1' });
  expect(rows.every(({ currency }) => currency === null)).toBe(true);
  expect(passed).toEqual([{ line: 7, reason: 'A watched symbol without a quantity, no trade.' }]);
});
