/** What goes wrong with a vendor, and what each adapter says of it. */
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../../testing/fixed-clock.ts';
import { vendorServerOfTest } from '../../../testing/vendor-server.ts';
import type { VendorRule } from '../../../testing/vendor-server.ts';
import type { MarketDataProvider } from '../market-data.ts';
import { ProviderError } from '../provider-error.ts';
import { alphaVantage } from './alpha-vantage.ts';
import { finnhub } from './finnhub.ts';
import { twelveData } from './twelve-data.ts';
import type { VendorSettings } from './vendor-settings.ts';
import { yahooFinance } from './yahoo-finance.ts';

const listing = { symbol: 'IBM', exchange: null };
const KEY = 'secret-key-of-the-test';
const base = { clock: fixedClock('2026-01-07T15:30:00Z'), apiKey: KEY, timeoutMs: 10_000, quotas: [] };

const vendors: readonly (readonly [string, (settings: VendorSettings) => MarketDataProvider])[] = [
  ['alpha-vantage', alphaVantage],
  ['finnhub', (settings) => finnhub({ ...settings, socketUrl: 'ws://127.0.0.1:9' })],
  ['twelve-data', twelveData],
  ['yahoo', yahooFinance],
];

async function faultOf(provider: MarketDataProvider): Promise<ProviderError> {
  const error: unknown = await provider.quotes([listing]).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProviderError)) throw new Error('The provider did not say what is wrong.', { cause: error });
  expect(error.message).not.toContain(KEY);
  expect(error.provider).toBe(provider.name);
  return error;
}

const eightMegabytes = 'x'.repeat(8 * 1024 * 1024 + 1);

describe.each(vendors)('%s', (_name, open) => {
  test.each<readonly [string, VendorRule, string]>([
    ['a server error', () => ({ status: 500, body: 'Internal Server Error' }), 'server_error'],
    ['an overloaded gateway', () => ({ status: 503, body: '<html>' }), 'server_error'],
    ['too many requests', () => ({ status: 429, headers: { 'retry-after': '7' }, body: 'Too Many Requests' }), 'throttled'],
    ['a key that is not accepted', () => ({ status: 401, body: 'Invalid API key' }), 'refused'],
    ['a plan that is too small', () => ({ status: 403, body: '{"error":"You don’t have access to this resource."}' }), 'refused'],
    ['a redirection', () => ({ status: 302, headers: { location: 'http://127.0.0.1:1/' } }), 'redirected'],
    ['a page instead of data', () => ({ body: '<!doctype html><title>Maintenance</title>' }), 'malformed'],
    ['half an answer', () => ({ body: '{"Global Quote": {"05. price"' }), 'malformed'],
    ['another shape', () => ({ body: [1, 2, 3] }), 'malformed'],
    ['nothing', () => ({ body: '' }), 'malformed'],
    ['an unexpected status', () => ({ status: 418, body: '{}' }), 'malformed'],
    ['an endless answer', () => ({ body: eightMegabytes }), 'too_large'],
    ['a broken connection', () => 'cut', 'unreachable'],
  ])('%s', async (_what, rule, fault) => {
    const server = await vendorServerOfTest(rule);
    const error = await faultOf(open({ ...base, baseUrl: server.url }));
    expect(error.fault).toBe(fault);
    if (fault === 'throttled') expect(error.retryAfterMs).toBe(7_000);
  });

  test('silence', async () => {
    const server = await vendorServerOfTest(() => 'hang');
    expect((await faultOf(open({ ...base, baseUrl: server.url, timeoutMs: 20 }))).fault).toBe('timeout');
  });

  test('nobody there', async () => {
    const server = await vendorServerOfTest();
    await server.close();
    expect((await faultOf(open({ ...base, baseUrl: server.url }))).fault).toBe('unreachable');
  });

  test('a figure that is no price is no quote', async () => {
    const bad = { '05. price': '-1', '07. latest trading day': '2026-01-07' };
    const quote = { ...bad, '02. open': 'x', '03. high': '', '04. low': '', '06. volume': '', '08. previous close': '' };
    const server = await vendorServerOfTest((url) => {
      if (url.pathname === '/query') return { body: { 'Global Quote': quote } };
      if (url.pathname === '/v7/finance/quote')
        return { body: { quoteResponse: { result: [{ symbol: 'IBM', regularMarketPrice: 0, regularMarketTime: 1 }] } } };
      return { body: { c: -1, h: null, l: null, o: null, pc: null, t: 1, datetime: '2026-01-07', close: '0' } };
    });
    expect(await open({ ...base, baseUrl: server.url }).quotes([listing])).toEqual([]);
  });
});

const note =
  'Thank you for using Alpha Vantage! Our standard API rate limit is 25 requests per day. Please subscribe to any of the premium plans at https://www.alphavantage.co/premium/ to instantly remove all daily rate limits.';

test.each([
  ['Note', 'Thank you for using Alpha Vantage! Our standard API call frequency is 5 calls per minute.', 'throttled', 60_000],
  ['Information', note, 'throttled', null],
  ['Information', 'Thank you for using Alpha Vantage! This is a premium endpoint.', 'refused', null],
  ['Error Message', 'the parameter apikey is invalid or missing.', 'refused', null],
  ['Error Message', 'Invalid API call. Please retry or visit the documentation', 'malformed', null],
])('Alpha Vantage answers 200 with %s: %s', async (field, text, fault, retryAfterMs) => {
  const server = await vendorServerOfTest(() => ({ body: { [field]: text } }));
  const error = await faultOf(alphaVantage({ ...base, baseUrl: server.url }));
  expect([error.fault, error.retryAfterMs]).toEqual([fault, retryAfterMs]);
});

test.each([
  [
    429,
    'You have run out of API credits for the current minute. 9 API credits were used, with the current limit being 8.',
    'throttled',
    60_000,
  ],
  [429, 'You have run out of API credits for the day.', 'throttled', null],
  [401, '**apikey** parameter is incorrect or not specified.', 'refused', null],
  [500, 'Something went wrong.', 'server_error', null],
])('Twelve Data answers 200 with the code %i: %s', async (code, message, fault, retryAfterMs) => {
  const server = await vendorServerOfTest(() => ({ body: { code, message, status: 'error' } }));
  const error = await faultOf(twelveData({ ...base, baseUrl: server.url }));
  expect([error.fault, error.retryAfterMs]).toEqual([fault, retryAfterMs]);
});

test('the stream of Finnhub ends once, and says why without the key, when it is refused or cut', async () => {
  const server = await vendorServerOfTest();
  const provider = finnhub({ ...base, baseUrl: server.url, socketUrl: server.socketUrl });
  for (const end of [
    () => server.sockets.forEach((socket) => socket.send('{"type":"error","msg":"Invalid API key"}')),
    () => server.sockets.forEach((socket) => socket.terminate()),
  ]) {
    const before = server.heard.length;
    const ended = new Promise<Error>((resolve) => provider.stream?.([listing], { onQuotes: () => undefined, onEnd: resolve }));
    await server.untilHeard(before + 1);
    end();
    const error = await ended;
    expect(error).toBeInstanceOf(ProviderError);
    expect(error.message).not.toContain(KEY);
  }
});
