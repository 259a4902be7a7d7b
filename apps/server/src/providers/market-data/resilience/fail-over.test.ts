import { decimal, formatDecimal } from '@holdfast/engine/money';
import { expect, test } from 'vitest';
import { fixedClock } from '../../../testing/fixed-clock.ts';
import type { ListingProfile, MarketDataProvider } from '../market-data.ts';
import { ProviderError } from '../provider-error.ts';
import { createFailOver } from './fail-over.ts';
import { guardProvider } from './provider-guard.ts';
import type { Skip } from './provider-guard.ts';
import { memoryQuotaLedger } from './quota-ledger.ts';

const NOW = Date.parse('2026-01-05T15:00:00Z');
const a = { symbol: 'A', exchange: null };
const b = { symbol: 'B', exchange: null };

/** A provider that has a price of everything it knows, or fails as it is told. */
function scripted(name: string, rest: Partial<MarketDataProvider> & { readonly knows?: readonly string[]; readonly price?: string } = {}) {
  const state = { fault: null as ConstructorParameters<typeof ProviderError>[1] | null, asked: [] as string[] };
  const { knows = ['A', 'B'], price = '10', ...overrides } = rest;
  const provider: MarketDataProvider = {
    name,
    listed: [],
    computed: null,
    quotas: [],
    batch: { size: 10, counts: 'call' },
    costs: { history: 1, profile: 1, actions: 2 },
    intervals: ['1d'],
    covers: () => true,
    quotes: async (listings) => {
      state.asked.push(listings.map(({ symbol }) => symbol).join('+'));
      if (state.fault !== null) throw new ProviderError(name, state.fault, { message: 'scripted' });
      const none = {
        bid: null,
        ask: null,
        bidSize: null,
        askSize: null,
        open: null,
        high: null,
        low: null,
        previousClose: null,
        volume: null,
      };
      return listings
        .filter(({ symbol }) => knows.includes(symbol))
        .map((listing) => ({ listing, source: name, last: decimal(price), at: NOW, ...none }));
    },
    history: async () => ({ source: name, bars: [] }),
    search: async () => [],
    profile: async ({ symbol }): Promise<ListingProfile | null> =>
      knows.includes(symbol)
        ? { symbol, exchange: null, name, assetClass: 'stock', currency: 'USD', sector: null, country: null, tickSize: null, source: name }
        : null,
    actions: async () => null,
    exchangeRates: async () => null,
    stream: null,
    ...overrides,
  };
  return { provider, state };
}

function setUp(...providers: readonly MarketDataProvider[]) {
  const clock = fixedClock(NOW);
  const skips: Skip[] = [];
  const ledger = memoryQuotaLedger(clock);
  const needs = {
    clock,
    ledger,
    onSkip: (skip: Skip) => skips.push(skip),
    onAnswer: () => undefined,
    wait: async () => undefined,
    random: () => 0,
  };
  const failOver = createFailOver(providers.map((provider) => guardProvider(provider, needs)));
  const prices = async (...listings: readonly (typeof a)[]) =>
    (await failOver.quotes(listings, { purpose: 'scheduled' })).quotes.map(
      ({ listing, source, last }) => `${listing.symbol} ${formatDecimal(last)} ${source}`,
    );
  return { clock, failOver, prices, skips };
}

test('the first is asked; what it does not know, the second is asked for', async () => {
  const one = scripted('one', { knows: ['A'] });
  const two = scripted('two', { price: '11' });
  const { prices, skips } = setUp(one.provider, two.provider);
  expect(await prices(a, b)).toEqual(['A 10 one', 'B 11 two']);
  expect([one.state.asked, two.state.asked]).toEqual([['A+B'], ['B']]);
  expect(skips).toEqual([]);
});

test('one that fails is tried three times, then the next answers; after five failures it is left alone and comes back', async () => {
  const one = scripted('one');
  const two = scripted('two', { price: '11' });
  const { prices, skips, clock } = setUp(one.provider, two.provider);
  one.state.fault = 'unreachable';
  expect(await prices(a)).toEqual(['A 11 two']);
  expect(one.state.asked).toHaveLength(3);
  for (let round = 0; round < 4; round += 1) await prices(a);
  expect(one.state.asked).toHaveLength(15);
  expect(await prices(a)).toEqual(['A 11 two']);
  expect(one.state.asked).toHaveLength(15);
  expect(skips.map(({ provider, reason }) => `${provider} ${reason}`)).toEqual([
    ...Array.from({ length: 5 }, () => 'one unreachable'),
    'one paused',
  ]);
  expect(skips.at(-1)?.until).toBe(NOW + 30_000);
  one.state.fault = null;
  clock.advance(30_000);
  expect(await prices(a)).toEqual(['A 10 one']);
});

test('one that was asked too often is left alone for as long as it says', async () => {
  const one = scripted('one');
  const two = scripted('two', { price: '11' });
  const { prices, clock } = setUp(one.provider, two.provider);
  one.state.fault = 'throttled';
  expect(await prices(a)).toEqual(['A 11 two']);
  one.state.fault = null;
  clock.advance(15 * 60_000 - 1);
  expect(await prices(a)).toEqual(['A 11 two']);
  clock.advance(1);
  expect(await prices(a)).toEqual(['A 10 one']);
  expect(one.state.asked).toHaveLength(2);
});

test('what a plan does not have is not asked for again for hours, and its other answers go on', async () => {
  const asked: string[] = [];
  const refuse = (what: string) => async (): Promise<never> => {
    asked.push(what);
    throw new ProviderError('one', 'refused', { message: 'answered 403.' });
  };
  const history = async (_listing: unknown, { interval }: { readonly interval: string }) =>
    interval === '1d' ? { source: 'one', bars: [] } : refuse('minutes')();
  const one = scripted('one', { intervals: ['1m', '1d'], history, actions: refuse('actions'), profile: refuse('profile') });
  const { failOver, prices, clock, skips } = setUp(one.provider);
  const past = (interval: '1m' | '1d') => failOver.history(a, { interval, fromMs: 0, toMs: 1, source: null });
  const askAll = async () => {
    expect(await past('1m')).toBeNull();
    expect(await failOver.actions(a, { from: 0, to: 1 })).toBeNull();
    expect(await failOver.profile(a)).toBe('unanswered');
    expect(await past('1d')).not.toBeNull();
    expect(await prices(a)).toEqual(['A 10 one']);
  };
  await askAll();
  await askAll();
  expect(asked).toEqual(['minutes', 'actions', 'profile']);
  expect(skips.every(({ reason, until }) => reason === 'refused' && until === null)).toBe(true);
  expect(skips.at(-1)?.detail).toBe('one is not asked for profiles: its key or plan does not have it.');
  // Somebody waits for a profile: it is tried again sooner.
  clock.advance(15 * 60_000);
  await askAll();
  clock.advance(6 * 3_600_000);
  await askAll();
  expect(asked).toEqual(['minutes', 'actions', 'profile', 'profile', 'minutes', 'actions', 'profile']);
});

test('one without quota is not asked, and its reserve is left to those who wait', async () => {
  const one = scripted('one', { quotas: [{ requests: 5, perSeconds: 86_400 }] });
  const two = scripted('two', { price: '11' });
  const { prices, failOver, skips } = setUp(one.provider, two.provider);
  // 5 x 0.8 = 4 for the schedule.
  for (let round = 0; round < 4; round += 1) expect(await prices(a)).toEqual(['A 10 one']);
  expect(await prices(a)).toEqual(['A 11 two']);
  expect(skips).toMatchObject([{ provider: 'one', reason: 'quota', until: NOW + 86_400_000 }]);
  expect(await failOver.profile(a)).toMatchObject({ source: 'one' });
  expect(await failOver.profile(a)).toMatchObject({ source: 'two' });
});

test('batches are as large as the provider takes, and one counts as it says', async () => {
  const one = scripted('one', {
    batch: { size: 2, counts: 'listing' },
    quotas: [{ requests: 5, perSeconds: 60 }],
    knows: ['A', 'B', 'C', 'D', 'E', 'F'],
  });
  const { failOver } = setUp(one.provider);
  const listings = ['A', 'B', 'C', 'D', 'E', 'F'].map((symbol) => ({ symbol, exchange: null }));
  const found = await failOver.quotes(listings, { purpose: 'scheduled' });
  expect(one.state.asked).toEqual(['A+B', 'C+D']);
  expect(found.quotes).toHaveLength(4);
  expect(found.skips).toMatchObject([{ reason: 'quota' }]);
});

test('history is of the named source alone', async () => {
  const one = scripted('one');
  const two = scripted('two');
  const { failOver } = setUp(one.provider, two.provider);
  const request = { interval: '1d', fromMs: 0, toMs: 1 } as const;
  expect((await failOver.history(a, { ...request, source: 'two' }))?.source).toBe('two');
  expect((await failOver.history(a, { ...request, source: null }))?.source).toBe('one');
  expect(await failOver.history(a, { ...request, source: 'gone' })).toBeNull();
  expect(await failOver.history(a, { ...request, interval: '1m', source: null })).toBeNull();
});

test('a day’s quota lasts the day: calls fall due evenly, and the first at once', async () => {
  const one = scripted('one', { quotas: [{ requests: 25, perSeconds: 86_400 }] });
  const { failOver, clock } = setUp(one.provider);
  const pace = { fromMs: NOW, toMs: NOW + 390 * 60_000 };
  const calls: number[] = [];
  for (let tick = 0; tick < 26; tick += 1) {
    const before = one.state.asked.length;
    // As many as are wanted, one after the other.
    for (let call = 0; call < 5; call += 1) await failOver.quotes([a], { purpose: 'scheduled', pace });
    calls.push(one.state.asked.length - before);
    clock.advance(15 * 60_000);
  }
  // 25 x 0.8 = 20 calls on 26 ticks, never two on one.
  expect(calls.reduce((sum, count) => sum + count, 0)).toBe(20);
  expect([calls[0], calls[1], Math.max(...calls), calls.at(-1)]).toEqual([1, 0, 1, 1]);
});

test('who was not asked may know: nobody is sure of an unknown symbol then', async () => {
  const one = scripted('one', { quotas: [{ requests: 1, perSeconds: 60 }], knows: [] });
  const two = scripted('two', { knows: ['B'] });
  const { failOver, clock } = setUp(one.provider, two.provider);
  expect(await failOver.profile(a)).toBeNull();
  expect(await failOver.profile(a)).toBe('unanswered');
  expect(await failOver.profile(b)).toMatchObject({ source: 'two' });
  clock.advance(60_000);
  expect(await failOver.profile(a)).toBeNull();
});

test('an error of our own is no skip: it is loud', async () => {
  const one = scripted('one', { quotes: () => Promise.reject(new TypeError('ours')) });
  const { failOver } = setUp(one.provider);
  await expect(failOver.quotes([a], { purpose: 'asked' })).rejects.toThrow('ours');
});
