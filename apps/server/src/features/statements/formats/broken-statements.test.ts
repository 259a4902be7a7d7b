/** Broken copies of the samples: which line, which column, and what it says. One bad row hides no other. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CellProblem, StatementError } from '../statement-row.ts';
import { decodeStatement } from '../statement-text.ts';
import { ALL_FORMATS, recogniseFormat } from './all-formats.ts';
import { statementFile } from './format.ts';

function textOf(name: string): string {
  return decodeStatement(readFileSync(new URL(`../testdata/${name}`, import.meta.url)));
}

function read(text: string) {
  const file = statementFile(text);
  const format = recogniseFormat(file);
  return { format: format.id, ...format.read(file, null) };
}

test.each([
  ['schwab.csv', '06/13/2024', '13/06/2024', '19 Date: "13/06/2024" is no day such as 12/31/2025 or 2025-12-31.'],
  [
    'schwab.csv',
    '592.199',
    '59.2199',
    '9 Amount: 59.2199 at 8.46 is 501.000354, and the row says 5010. Correct the file, or record this transaction by hand.',
  ],
  ['schwab.csv', '$177.70', '$177.7O', '6 Amount: "$177.7O" is no number such as 1234.56, with at most 18 decimals.'],
  ['degiro.csv', 'Koop 1 @ 33,9 USD', 'Gekregen', '13 Omschrijving: "Gekregen" is not known. Record this transaction by hand.'],
  ['degiro.csv', 'EUR,"1,28"', 'EUR,"1,28x"', '6 Mutatie: "1,28x" is no number such as 1234,56, with at most 18 decimals.'],
  [
    'degiro.csv',
    'Valuta Creditering',
    'iDEAL Deposit',
    '7 : The other side of this exchange of money is not in the file. Export a longer period.',
  ],
  [
    'trading-212.csv',
    '10.0000000000,2550.00',
    ',2550.00',
    '2 No. of shares: is empty. Write the figure into the file, or record this transaction by hand.',
  ],
  ['trading-212.csv', 'Withdrawal', 'Gift', '7 Action: "Gift" is not known. Record this transaction by hand.'],
  [
    'interactive-brokers-flex.xml',
    'quantity="10" tradePrice="185.25" tradeMoney',
    'quantity="" tradePrice="185.25" tradeMoney',
    '6 quantity: is empty. Write the figure into the file, or record this transaction by hand.',
  ],
  [
    'interactive-brokers-flex.xml',
    'currency="USD" assetCategory="CASH"',
    'currency="USDX" assetCategory="CASH"',
    '9 currency: "USDX" is no currency that is known, such as EUR.',
  ],
  [
    'interactive-brokers-activity.csv',
    '-185250,-5',
    '-18525,-5',
    '5 tradeMoney: 1000 at 185.25 is 185250, and the row says 18525. Correct the file, or record this transaction by hand.',
  ],
  ['ibkr-trades.csv', '20230522,CH', '2023-22-05,CH', '2 dateTime: "2023-22-05" is no day such as 20251231 or 2025-12-31.'],
  ['sharesight-all-trades.csv', '03/10/2020', '03/13/2020', '5 Date: "03/13/2020" is no day such as 31/12/2025 or 2025-12-31.'],
  [
    'generic-raw.csv',
    'SELL',
    'SOLDOUT',
    '3 type: "SOLDOUT" is no type that is known. Say in the mapping what it means: {"types":{"SOLDOUT":"buy"}}.',
  ],
  ['generic-raw.csv', 'META,19', ',19', '3 symbol: is empty, and a sell is of an instrument.'],
  ['ghostfolio.csv', 'USD,230.150', 'US,230.150', '3 Currency: "US" is no currency that is known, such as EUR.'],
  ['ghostfolio.json', '"fee": 1.9', '"fee": "1,9"', '6 fee: "1,9" is no number such as 1234.56, with at most 18 decimals.'],
  ['ghostfolio.json', '"unitPrice": 310000, ', '', '7 unitPrice: is missing.'],
  ['portfolio-performance-de.csv', '1.295,44', '1,295.44', '6 Wert: "1,295.44" is no number such as 1234,56, with at most 18 decimals.'],
  ['portfolio-performance-de.csv', 'Entnahme', 'Entnahme', null],
  ['portfolio-performance-en.csv', 'Tax Refund', 'Tax Gift', '5 Type: "Tax Gift" is not known. Record this transaction by hand.'],
  ['fidelity.csv', '02/14/2025', '2/30/2025', '5 Run Date: "2/30/2025" is no day such as 12/31/2025 or 2025-12-31.'],
  ['fidelity.csv', 'YOU BOUGHT', 'YOU GOT', '7 Action: "YOU GOT APPLE INC (AAPL) (Cash)" is not known. Record this transaction by hand.'],
  ['yahoo-finance.csv', 'DEPOSIT', 'PRESENT', '2 Transaction Type: "PRESENT" is no movement of cash that is known. Record it by hand.'],
] as const)('%s with %j as %j', (name, found, replaced, expected) => {
  const text = textOf(name);
  const whole = read(text);
  const broken = read(text.replace(found, replaced));
  const known = new Set(whole.problems.map(({ message, line }) => `${line} ${message}`));
  const fresh = broken.problems
    .filter(({ message, line }) => !known.has(`${line} ${message}`))
    .map(({ line, column, message }) => `${line} ${column === null ? '' : plainColumn(column)}: ${message}`);
  // The other side of an exchange is told, too.
  expect(fresh.slice(0, 1)).toEqual(expected === null ? [] : [expected]);
  expect(fresh.length).toBeLessThanOrEqual(2);
  // What the broken row was is gone, and every other row is as it was.
  expect(broken.rows.length).toBeGreaterThanOrEqual(whole.rows.length - 2);
});

/** The generic format names columns by their plain names. */
function plainColumn(column: string): string {
  return column === 'action' ? 'type' : column;
}

describe('no file at all', () => {
  test.each([
    ['prose', 'Dear broker,\nplease send my statement.\n', 'no format that is known'],
    ['another CSV', 'Ticker,Date,Time,LTP\nAIG.NYSE,11/10/2013,11:36:10,49.68\n', 'no format that is known'],
    ['a header that lost a column', textOf('schwab.csv').replace('Date,Action,Symbol', 'Date,Symbol'), ''],
    ['JSON of something else', '{"orders":[]}', 'no format that is known'],
    ['JSON cut off', textOf('ghostfolio.json').slice(0, 900), 'no readable JSON'],
    ['XML of something else', '<html><body/></html>', 'no format that is known'],
    ['XML cut off', textOf('interactive-brokers-flex.xml').slice(0, 900), 'no readable XML'],
    ['a header and nothing else', textOf('degiro.csv').split('\n', 1)[0] ?? '', ''],
  ])('%s', (_name, text, reason) => {
    if (reason !== '') expect(() => read(text)).toThrow(new RegExp(reason));
    else expect(read(text)).toMatchObject({ rows: [] });
  });
});

test('whatever is in a file, it is read or refused, and nothing else is thrown', () => {
  const names = [
    'schwab.csv',
    'degiro.csv',
    'trading-212.csv',
    'ibkr-trades.csv',
    'interactive-brokers-activity.csv',
    'interactive-brokers-flex.xml',
    'fidelity.csv',
    'ghostfolio.json',
    'ghostfolio.csv',
    'portfolio-performance-de.csv',
    'yahoo-finance.csv',
    'sharesight-all-trades.csv',
    'generic-raw.csv',
  ];
  const texts = names.map(textOf);
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.nat(), fc.nat(200), fc.string({ maxLength: 30 }), (text, where, length, put) => {
      const at = where % text.length;
      const changed = text.slice(0, at) + put + text.slice(at + length);
      try {
        const { rows } = read(changed);
        for (const row of rows) {
          expect(row.amount >= 0n && row.fee >= 0n && row.tax >= 0n).toBe(true);
          expect(row.tradedAt).toMatch(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}\.\d{3}Z)?$/);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(StatementError);
        expect(error).not.toBeInstanceOf(CellProblem);
      }
    }),
    { numRuns: 100 },
  );
});

test('formats have their names once', () => {
  expect(new Set(ALL_FORMATS.map(({ id }) => id)).size).toBe(ALL_FORMATS.length);
});

test('a share class of Interactive Brokers is written with a point here', () => {
  const { rows } = read(textOf('interactive-brokers-flex.xml').replace('symbol="AAPL" description', 'symbol="BRK B" description'));
  expect(rows[0]?.symbol).toBe('BRK.B');
});
