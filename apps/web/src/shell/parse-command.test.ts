import { expect, test } from 'vitest';
import { parseCommand } from './parse-command.ts';

test.each([
  ['buy 10 aapl 225', 'en', { kind: 'order', side: 'buy', quantity: '10', symbol: 'AAPL', limit: '225' }],
  ['sell 0.5 btc-usd', 'en', { kind: 'order', side: 'sell', quantity: '0.5', symbol: 'BTC-USD', limit: null }],
  ['Kaufe 10 SAP zu 225,50', 'de', { kind: 'order', side: 'buy', quantity: '10', symbol: 'SAP', limit: '225.50' }],
  ['buy 1,000 aapl', 'en', { kind: 'order', side: 'buy', quantity: '1000', symbol: 'AAPL', limit: null }],
  ['dark', 'en', { kind: 'theme', theme: 'dark' }],
  ['hell', 'de', { kind: 'theme', theme: 'light' }],
  ['buy aapl', 'en', null],
  ['buy -5 aapl', 'en', null],
  ['buy 10 aapl cheap', 'en', null],
  ['apple', 'en', null],
  ['dark side', 'en', null],
])('%j in %s means %j', (typed, locale, command) => {
  expect(parseCommand(typed, locale)).toEqual(command);
});
