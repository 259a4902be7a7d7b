import { expect, test } from 'vitest';
import { COLUMNS, readHeader, TickFileError } from './columns.ts';

test('columns are found wherever they stand, in any case and with spaces', () => {
  expect(readHeader([...COLUMNS])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(readHeader(['date', 'TICKER', ' Time ', 'Ltp', 'Buy Price', 'BuyQty', 'SellPrice', 'SellQty', 'LTQ', 'Open Interest'])).toEqual([
    1, 0, 2, 3, 4, 5, 6, 7, 8, 9,
  ]);
});

test.each([
  [COLUMNS.slice(0, 9), 'The header has no column OpenInterest.'],
  [['Symbol', ...COLUMNS.slice(2)], 'The header has no column Ticker, Date.'],
  [[...COLUMNS, 'Volume'], 'The header has the column "Volume" that no tick file has.'],
  [[...COLUMNS, 'LTP'], 'The header has the column "LTP" twice.'],
  [[''], 'it reads "".'],
])('%j is refused', (fields, message) => {
  expect(() => readHeader(fields)).toThrow(TickFileError);
  expect(() => readHeader(fields)).toThrow(message);
});
