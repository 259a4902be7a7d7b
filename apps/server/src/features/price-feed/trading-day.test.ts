/** One trading day of 200 symbols on Alpha Vantage's free plan (25 calls a day, 5 a minute), with simulated time. */
import { decimal } from '@holdfast/engine/money';
import { expect, test } from 'vitest';
import { guardProvider, createFailOver } from '../../providers/market-data/index.ts';
import type { MarketDataProvider, ProvidedQuote, Skip } from '../../providers/market-data/index.ts';
import { memoryQuotaLedger } from '../../providers/market-data/resilience/quota-ledger.ts';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { columns, expectPageShows } from '../../testing/page-tells.ts';
import { createInstrumentBook } from '../instruments/index.ts';
import type { Instrument } from '../instruments/index.ts';
import { fetchPrices } from './fetch-prices.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SYMBOLS = 200;
/** Five are held by many, the others watched by one. */
const FAVOURITES = 5;
const quotas = [
  { requests: 25, perSeconds: 86_400 },
  { requests: 5, perSeconds: 60 },
];

function instrument(key: number): Instrument {
  const symbol = `S${key}`;
  const rest = { sector: null, country: 'US', isin: null, tickSize: null, ownerId: null, status: 'active', assetClass: 'stock' } as const;
  return { ...rest, id: symbol, key, symbol, exchange: 'NYSE', isPrimary: true, name: symbol, currency: 'USD', source: 'alpha-vantage' };
}

function setUp() {
  const clock = fixedClock('2026-01-05T00:00:00Z');
  const calls: { readonly at: number; readonly symbol: string }[] = [];
  const none = { bid: null, ask: null, bidSize: null, askSize: null, open: null, high: null, low: null, previousClose: null, volume: null };
  const provider: MarketDataProvider = {
    name: 'alpha-vantage',
    listed: [],
    computed: null,
    quotas,
    batch: { size: 1, counts: 'call' },
    costs: { history: 1, profile: 1, actions: 2 },
    intervals: ['1d'],
    covers: () => true,
    quotes: async ([listing]) => {
      if (listing === undefined) return [];
      calls.push({ at: clock.now(), symbol: listing.symbol });
      return [{ listing, source: 'alpha-vantage', last: decimal('10'), at: clock.now(), ...none }];
    },
    history: async () => null,
    search: async () => [],
    profile: async () => null,
    actions: async () => null,
    exchangeRates: async () => null,
    stream: null,
  };
  const skips: Skip[] = [];
  const guard = guardProvider(provider, {
    clock,
    ledger: memoryQuotaLedger(clock),
    wait: async () => undefined,
    random: () => 0,
    onSkip: (skip) => skips.push(skip),
    onAnswer: () => undefined,
  });
  const book = createInstrumentBook();
  book.put(Array.from({ length: SYMBOLS }, (_, index) => instrument(index + 1)));
  const pricedAt = new Map<string, number>();
  const askedAt = new Map<number, number>();
  const run = () =>
    fetchPrices({
      clock,
      book,
      failOver: createFailOver([guard]),
      demand: async () => new Map(book.listPublic().map(({ key }) => [key, key <= FAVOURITES ? 7 : 1])),
      askedAt,
      take: (quotes: readonly ProvidedQuote[]) => quotes.forEach(({ listing, at }) => pricedAt.set(listing.symbol, at)),
      wait: async (milliseconds) => clock.advance(milliseconds),
      intervalMs: 15 * MINUTE,
    });
  /** Every quarter of an hour up to an instant. */
  const passTo = async (until: number) => {
    for (; clock.now() < until; clock.set(Math.floor(clock.now() / (15 * MINUTE)) * 15 * MINUTE + 15 * MINUTE)) await run();
  };
  /** Every quarter of an hour of so many days. */
  const pass = async (days: number) => {
    const started = clock.now();
    for (let tick = 0; tick < days * 96; tick += 1) {
      clock.set(started + tick * 15 * MINUTE);
      await run();
    }
    clock.set(started + days * 24 * HOUR);
  };
  return { clock, calls, pass, passTo, pricedAt, skips };
}

const isFavourite = (symbol: string) => Number(symbol.slice(1)) <= FAVOURITES;

test('a day: 20 calls, spread over the session, none outside of it; what many hold comes first', async () => {
  const { calls, pass, pricedAt, skips } = setUp();
  await pass(1);
  // 25 x 0.8: the rest is left to those who wait for an answer.
  expect(calls).toHaveLength(20);
  expect(new Set(calls.map(({ symbol }) => symbol)).size).toBe(20);
  const [opened, closed] = [Date.parse('2026-01-05T14:30:00Z'), Date.parse('2026-01-05T21:00:00Z')];
  expect(calls.every(({ at }) => at >= opened && at < closed)).toBe(true);
  // 390 minutes / 20 calls = 19.5: on a grid of 15 minutes neighbours are 15 or 30 apart.
  const gaps = calls.slice(1).map(({ at }, index) => (at - (calls[index]?.at ?? 0)) / MINUTE);
  expect(new Set(gaps)).toEqual(new Set([15, 30]));
  expect(calls.slice(0, FAVOURITES).every(({ symbol }) => isFavourite(symbol))).toBe(true);
  expect(pricedAt.size).toBe(20);
  // Nobody was asked in vain: what was kept back says so.
  expect(new Set(skips.map(({ reason }) => reason))).toEqual(new Set(['paced']));
});

test(
  'three weeks: never more than 25 calls within 24 hours, every symbol priced, favourites every trading day',
  { timeout: 120_000 },
  async () => {
    const { clock, calls, pass, pricedAt } = setUp();
    await pass(19);
    for (const { at } of calls) expect(calls.filter((other) => other.at > at - 24 * HOUR && other.at <= at).length).toBeLessThanOrEqual(25);
    expect(pricedAt.size).toBe(SYMBOLS);
    // Friday evening: prices of the favourites are of this week's last days, those of the others of the last three weeks.
    const ages = (wanted: (symbol: string) => boolean) =>
      [...pricedAt].filter(([symbol]) => wanted(symbol)).map(([, at]) => (clock.now() - at) / HOUR);
    expect(Math.max(...ages(isFavourite))).toBeLessThan(72);
    expect(Math.max(...ages((symbol) => !isFavourite(symbol)))).toBeLessThan(19 * 24);
    const days = new Set(calls.map(({ at }) => Math.floor(at / (24 * HOUR))));
    // 5 to 23 January has 14 trading days: the 19th is Martin Luther King's.
    expect(days.size).toBe(14);
  },
);

/** Hours, from a quarter of which nobody learns more. */
const hours = (milliseconds: number | undefined): string => (milliseconds === undefined ? '-' : `${(milliseconds / HOUR).toFixed(1)} h`);

test('the page of a trading day shows the first day and the last of three weeks, hour by hour', { timeout: 120_000 }, async () => {
  const { clock, calls, passTo, pricedAt } = setUp();
  const rows: string[][] = [['UTC', 'calls', 'priced', 'youngest', 'median', 'oldest', 'oldest of the five']];
  const note = (day: string) => {
    const ages = [...pricedAt].map(([symbol, at]) => ({ symbol, age: clock.now() - at })).sort((a, b) => a.age - b.age);
    const favourites = ages.filter(({ symbol }) => isFavourite(symbol));
    const today = calls.filter(({ at }) => at >= Math.floor(clock.now() / (24 * HOUR)) * 24 * HOUR).length;
    const middle = ages[Math.floor((ages.length - 1) / 2)]?.age;
    const figures = [ages[0]?.age, middle, ages.at(-1)?.age, favourites.at(-1)?.age].map(hours);
    rows.push([`${day} ${new Date(clock.now()).toISOString().slice(11, 16)}`, String(today), String(pricedAt.size), ...figures]);
  };
  for (const day of ['2026-01-05', '2026-01-23'])
    for (const time of ['15:30', '17:00', '19:00', '21:00']) {
      await passTo(Date.parse(`${day}T${time}:00Z`));
      note(day);
    }
  expectPageShows('reference/trading-day.md', 'Quota of one day', columns(rows));
});
