import { expect, test } from 'vitest';
import { writtenSymbols } from './written-symbols.ts';

test.each([
  ['aapl, msft', ['AAPL', 'MSFT']],
  ['BRK.B;^GSPC\n  TWICE.LSE ', ['BRK.B', '^GSPC', 'TWICE.LSE']],
  ['AAPL aapl', ['AAPL']],
  ['', []],
  ['€ "x"', []],
])('%j', (text, symbols) => {
  expect(writtenSymbols(text)).toEqual(symbols);
});
