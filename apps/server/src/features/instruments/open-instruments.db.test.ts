import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryBus } from '../../platform/bus/index.ts';
import { openPools } from '../../platform/db/pool.ts';
import type { DatabasePools } from '../../platform/db/pool.ts';
import type { ListingProfile, MarketDataProvider } from '../../providers/market-data/index.ts';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { createTestDatabase } from '../../testing/test-database.ts';
import type { TestDatabase } from '../../testing/test-database.ts';
import { openInstruments } from './open-instruments.ts';

let database: TestDatabase;
let pools: DatabasePools;

beforeAll(async () => {
  database = await createTestDatabase();
  pools = openPools({ url: database.url, size: 5, statementTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pools.close();
  await database.drop();
});

const rest = { assetClass: 'stock', currency: 'EUR', sector: null, country: null, tickSize: null, source: 'elsewhere' } as const;
const known: readonly ListingProfile[] = [
  { symbol: 'ABC', exchange: 'XETRA', name: 'Abc AG', ...rest },
  { symbol: 'ABC', exchange: 'LSE', name: 'Abc plc', ...rest },
];

/** A provider that lists some instruments and knows more when asked. */
function providerOf(listed: readonly ListingProfile[]): MarketDataProvider & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    name: 'elsewhere',
    listed,
    computed: null,
    quotas: [{ requests: 25, perSeconds: 86_400 }],
    batch: { size: 1, counts: 'call' },
    costs: { history: 1, profile: 1, actions: 1 },
    intervals: [],
    actions: async () => null,
    exchangeRates: async () => null,
    stream: null,
    asked,
    covers: () => true,
    quotes: async () => [],
    history: async () => null,
    search: async () => [],
    profile: async ({ symbol, exchange }) => {
      asked.push(symbol);
      return known.find((profile) => profile.symbol === symbol && (exchange === null || exchange === profile.exchange)) ?? null;
    },
  };
}

async function open(provider: MarketDataProvider) {
  const fail = (error: unknown) => {
    throw error;
  };
  return openInstruments({
    db: pools.db,
    clock: fixedClock('2026-01-05T12:00:00Z'),
    provider,
    bus: createMemoryBus({ onError: fail }),
    onError: fail,
  });
}

test('a symbol that only the provider knows is fetched once and kept', async () => {
  const provider = providerOf([]);
  const instruments = await open(provider);
  expect(instruments.book.resolve('ABC')).toBeNull();

  expect(await instruments.find('abc.xetra')).toMatchObject({
    symbol: 'ABC',
    exchange: 'XETRA',
    isPrimary: true,
    source: 'elsewhere',
    ownerId: null,
  });
  expect(await instruments.find('ABC')).toMatchObject({ exchange: 'XETRA' });
  expect(provider.asked).toEqual(['ABC']);
  expect(await instruments.find('ABC.LSE')).toMatchObject({ exchange: 'LSE', isPrimary: false });
  expect(await instruments.find('NOSUCH')).toBeNull();
  expect(await instruments.find('no symbol')).toBeNull();
  expect(provider.asked).toEqual(['ABC', 'ABC', 'NOSUCH']);

  const restarted = await open(providerOf([]));
  expect(restarted.book.resolve('ABC')).toMatchObject({ name: 'Abc AG' });
});

test('two servers that start together add what is listed once', async () => {
  const listed = Array.from({ length: 50 }, (_, index) => ({ symbol: `L${index}`, exchange: 'NYSE', name: `Listed ${index}`, ...rest }));
  const servers = await Promise.all([open(providerOf(listed)), open(providerOf(listed))]);
  const rows = await pools.db.selectFrom('instruments').select('symbol').where('symbol', 'like', 'L%').execute();
  expect(rows).toHaveLength(50);
  for (const { book } of servers) expect(book.resolve('L49')).not.toBeNull();
});

test('what is gone from the database is gone from the book once it is read again', async () => {
  const instruments = await open(providerOf([{ symbol: 'BRIEF', exchange: 'NYSE', name: 'Brief', ...rest }]));
  const brief = instruments.book.resolve('BRIEF');
  await pools.db.deleteFrom('instruments').where('symbol', '=', 'BRIEF').execute();
  await instruments.reread([brief?.key ?? 0]);
  expect(instruments.book.resolve('BRIEF')).toBeNull();
});
