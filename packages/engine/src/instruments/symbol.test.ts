import { describe, expect, test } from 'vitest';
import { formatSymbol, listExchanges, normalizeSymbol, parseSymbol } from './index.ts';

describe('parseSymbol', () => {
  test.each([
    // written       symbol         exchange
    ['AAPL', 'AAPL', null],
    [' aapl ', 'AAPL', null],
    ['SAP.XETRA', 'SAP', 'XETRA'],
    ['sap.de', 'SAP', 'XETRA'],
    ['VOD.L', 'VOD', 'LSE'],
    ['7203.T', '7203', 'TSE'],
    ['RELIANCE.NSE', 'RELIANCE', 'NSE'],
    ['NIFTY03JUL2523000CE.NFO', 'NIFTY03JUL2523000CE', 'NFO'],
    ['FINNIFTY-III.NFO', 'FINNIFTY-III', 'NFO'],
    ['M&M.NSE', 'M&M', 'NSE'],
    // A share class is no exchange.
    ['BRK.B', 'BRK.B', null],
    ['BRK.B.NYSE', 'BRK.B', 'NYSE'],
    ['^GSPC', '^GSPC', null],
  ])('%s', (written, symbol, exchange) => {
    expect(parseSymbol(written)).toEqual({ symbol, exchange });
  });

  test.each(['', '   ', '.NSE', 'A B', "A'B", '<AAPL>', 'A'.repeat(33), 'ÄPFEL'])('%j is no symbol', (written) => {
    expect(parseSymbol(written)).toBeNull();
    expect(normalizeSymbol(written)).toBeNull();
  });

  test('one spelling per listing, which reads back to the same', () => {
    for (const { code, suffixes } of listExchanges()) {
      for (const suffix of [code, ...suffixes]) expect(normalizeSymbol(`x.${suffix.toLowerCase()}`)).toBe(`X.${code}`);
      expect(parseSymbol(formatSymbol({ symbol: 'X', exchange: code }))).toEqual({ symbol: 'X', exchange: code });
    }
  });
});
