import { expect, test } from 'vitest';
import { tradingClock, wallClock } from '../../ticks/index.ts';
import { createTickerBook, readTicker } from './ticker-book.ts';
import type { KnownListing, Ticker } from './ticker-book.ts';
import { createWrittenClock } from './written-clock.ts';

function bookOf(known: readonly KnownListing[], keys: readonly number[] = [101, 102, 103]) {
  const exchanges: (string | null)[] = [];
  const book = createTickerBook({
    known,
    clocksOf: (exchange) => {
      exchanges.push(exchange);
      return { trading: tradingClock(exchange, 'UTC'), written: createWrittenClock(wallClock('UTC')) };
    },
  });
  book.giveKeys(keys);
  return { book, exchanges };
}

const apple: KnownListing = { key: 1, symbol: 'AAPL', exchange: 'NASDAQ', isPrimary: true };

test.each([
  ['AIG.NYSE', { symbol: 'AIG', exchange: 'NYSE', isIndex: false }],
  ['nifty03jul2523000ce.nfo', { symbol: 'NIFTY03JUL2523000CE', exchange: 'NFO', isIndex: false }],
  ['BANKNIFTY25JANFUT', { symbol: 'BANKNIFTY25JANFUT', exchange: null, isIndex: false }],
  ['M&M.NSE', { symbol: 'M&M', exchange: 'NSE', isIndex: false }],
  ['NIFTY 50.NSE_IDX', { symbol: 'NIFTY_50', exchange: 'NSE', isIndex: true }],
  ['BRK.B', { symbol: 'BRK.B', exchange: null, isIndex: false }],
  ['', 'is empty'],
  ['x'.repeat(61), 'is longer than 60 characters'],
  ['A/B', 'is no ticker: at most 32 letters, digits and . - & = ^ _'],
])('%j', (text, meaning) => {
  expect(readTicker(text)).toEqual(meaning);
});

test('a bare ticker is the primary listing, on its exchange’s clock', () => {
  const { book, exchanges } = bookOf([apple]);
  expect((book.find('AAPL') as Ticker).instrumentKey).toBe(1);
  expect(exchanges).toEqual(['NASDAQ']);
  expect(book.added).toEqual([]);
});

test('another exchange’s listing of a known symbol is a new instrument, and not the primary one', () => {
  const { book } = bookOf([apple]);
  expect((book.find('AAPL.LSE') as Ticker).instrumentKey).toBe(101);
  expect(book.added).toEqual([
    { key: 101, symbol: 'AAPL', exchange: 'LSE', isPrimary: false, assetClass: 'stock', currency: 'GBP', country: 'GB' },
  ]);
});

test('spellings of one listing are one ticker', () => {
  const { book } = bookOf([]);
  expect(book.find('aig.nyse')).toBe(book.find('AIG.XNYS'));
  expect([...book.tickers]).toHaveLength(1);
});

test('without a key for a new instrument nothing is done', () => {
  const { book } = bookOf([], []);
  expect(book.find('NEW')).toBeNull();
  book.giveKeys([7]);
  expect((book.find('NEW') as Ticker).instrumentKey).toBe(7);
});
