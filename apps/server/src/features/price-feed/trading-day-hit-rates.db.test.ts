/** Half an hour of a session with 500 readers on 200 symbols: how much of what they ask both cache layers answer. */
import { expect, onTestFinished, test } from 'vitest';
import { columns, shownBy } from '../../testing/page-tells.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { vendorServerOfTest } from '../../testing/vendor-server.ts';
import type { VendorRule } from '../../testing/vendor-server.ts';

const OPENED = Date.parse('2026-01-07T14:30:00Z');
const SYMBOLS = Array.from({ length: 200 }, (_, index) => `S${String(index + 1).padStart(3, '0')}`);
const MINUTES = 30;
/** 500 readers who ask about once in a minute and a half. */
const ASKED_A_SECOND = 5.5;

/** The same every time: mulberry32, a generator of 32 bits. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Zipf's law: the second is asked for half as often as the first, the third a third as often. */
function zipf(random: () => number): () => string {
  const weights = SYMBOLS.map((_, index) => 1 / (index + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return () => {
    let left = random() * total;
    const index = weights.findIndex((weight) => (left -= weight) < 0);
    return SYMBOLS[Math.max(0, index)] ?? '';
  };
}

/** Finnhub, whose prices move every minute. */
function vendor(now: () => number): VendorRule {
  return (url) => {
    const symbol = url.searchParams.get('symbol') ?? '';
    if (!SYMBOLS.includes(symbol)) return { body: {} };
    if (url.pathname === '/stock/profile2')
      return { body: { ticker: symbol, name: symbol, exchange: 'NEW YORK STOCK EXCHANGE, INC.', currency: 'USD', country: 'US' } };
    const last = 100 + ((Math.floor(now() / 60_000) * 7 + SYMBOLS.indexOf(symbol)) % 50) / 10;
    return { body: { c: last, h: 110, l: 90, o: 100, pc: 100, t: Math.floor(now() / 1_000) } };
  };
}

interface Counts {
  readonly hits: number;
  readonly misses: number;
}

async function countsOf(app: TestApp, cache: string): Promise<Counts> {
  const { text } = await app.anonymous.get('/metrics');
  const figure = (outcome: string) =>
    Number(new RegExp(`cache_requests\\{cache="${cache}",outcome="${outcome}"\\} (\\d+)`).exec(text)?.[1] ?? 0);
  return { hits: figure('hits'), misses: figure('misses') };
}

test('half an hour from empty caches: both layers answer more than nine in ten', { timeout: 240_000 }, async () => {
  let now = OPENED;
  const finnhub = await vendorServerOfTest(vendor(() => now));
  const settings = {
    MARKET_DATA_PROVIDER: 'finnhub',
    FINNHUB_API_KEY: 'key',
    FINNHUB_URL: finnhub.url,
    FINNHUB_PER_MINUTE: '300',
    JWT_EXPIRY_MINUTES: '120',
  };
  const app = await startTestApp({ now: new Date(OPENED).toISOString(), settings });
  onTestFinished(() => app.close());
  const reader = await app.user('reader');
  const authorization = `Bearer ${reader.accessToken}`;
  const random = chance(4);
  const pick = zipf(random);
  const kinds = new Map<string, number>();
  const ask = async (): Promise<void> => {
    const part = random();
    const symbol = pick();
    const [kind, method, url, body] =
      part < 0.6
        ? (['latest price', 'GET', `/api/v1/pricing/prices/latest/?symbol=${symbol}`, undefined] as const)
        : part < 0.75
          ? (['quote', 'GET', `/api/v1/quotes/${symbol}`, undefined] as const)
          : part < 0.9
            ? (['list of 10 quotes', 'GET', `/api/v1/quotes?symbols=${Array.from({ length: 10 }, pick).join(',')}`, undefined] as const)
            : (['statistics', 'POST', '/api/v1/pricing/prices/statistics/', { stock_symbol: symbol }] as const);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const answer = await app.http.inject({
      method,
      url,
      headers: { host: 'localhost', authorization },
      ...(body === undefined ? {} : { payload: body }),
    });
    if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}: ${answer.body}`);
  };
  const fetchPrices = app.app.market.jobs.find(({ name }) => name === 'fetch-prices');
  const before = finnhub.asked.length;
  const total = Math.round(MINUTES * 60 * ASKED_A_SECOND);
  let fetches = 0;
  for (let asked = 0; asked < total; asked += 1) {
    now = OPENED + Math.floor((asked / ASKED_A_SECOND) * 1_000);
    app.clock.set(now);
    if (now - OPENED >= (fetches + 1) * 15 * 60_000) {
      fetches += 1;
      await fetchPrices?.run({ payload: null, scheduledAt: null, attempt: 1, isLastAttempt: true, signal: new AbortController().signal });
    }
    await ask();
  }
  const layers = { 'provider-quotes': await countsOf(app, 'provider-quotes'), 'latest-prices': await countsOf(app, 'latest-prices') };
  const rateOf = ({ hits, misses }: Counts) => hits / (hits + misses);
  const seen = [
    ...columns([['asked for', 'times'], ...[...kinds].sort(([, a], [, b]) => b - a).map(([kind, count]) => [kind, String(count)])]),
    '',
    ...columns([
      ['layer', 'hits', 'misses', 'hit rate'],
      ...Object.entries(layers).map(([name, counts]) => [
        name,
        String(counts.hits),
        String(counts.misses),
        `${(100 * rateOf(counts)).toFixed(1)} %`,
      ]),
    ]),
    '',
    `questions to the provider: ${finnhub.asked.length - before}`,
  ].join('\n');
  const told = shownBy('reference/trading-day.md', 'Hit rates of half an hour');
  for (const [name, counts] of Object.entries(layers)) {
    expect(rateOf(counts), seen).toBeGreaterThan(0.9);
    // What is fetched behind the scenes comes a little sooner or later: the page is right to two points.
    const toldRate = Number(new RegExp(`${name}.* ([\\d.]+) %`).exec(told)?.[1]);
    expect(Math.abs(100 * rateOf(counts) - toldRate), seen).toBeLessThan(2);
  }
});
