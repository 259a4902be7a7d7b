import { decimal } from '@holdfast/engine/money';
import { expect, test } from 'vitest';
import type { ComputedMarket, ProvidedQuote } from '../../providers/market-data/index.ts';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { createInstrumentBook } from '../instruments/index.ts';
import type { Instrument } from '../instruments/index.ts';
import { createQuoteBoard } from './quote-board.ts';
import type { Quote } from './quote.ts';

const at = Date.parse('2026-01-05T15:30:00.250Z');

function instrument(key: number, rest: Partial<Instrument> = {}): Instrument {
  return {
    id: `01936b2e-7c00-7000-8000-${String(key).padStart(12, '0')}`,
    key,
    symbol: `S${key}`,
    exchange: 'NYSE',
    isPrimary: true,
    name: `Share ${key}`,
    assetClass: 'stock',
    currency: 'USD',
    sector: null,
    country: null,
    isin: null,
    tickSize: null,
    status: 'active',
    source: 'computed',
    ownerId: null,
    ...rest,
  };
}

/** A market whose price of every symbol is the second of the minute plus 100, and which stands still from 15:31 on. */
function ticking(): ComputedMarket & { asked: number } {
  const market = {
    asked: 0,
    bars: () => null,
    zoneOf: () => 'UTC' as const,
    quoteAt: (symbol: string, instant: number): ProvidedQuote | null => {
      market.asked += 1;
      if (symbol === 'UNKNOWN') return null;
      const priced = Math.min(instant, Date.parse('2026-01-05T15:31:00Z'));
      const last = decimal(String(100 + (Math.floor(priced / 1000) % 60)));
      const day = { open: last, high: last, low: last, previousClose: decimal('100'), volume: decimal('5') };
      return {
        listing: { symbol, exchange: null },
        source: 'computed',
        last,
        bid: null,
        ask: null,
        bidSize: null,
        askSize: null,
        ...day,
        at: Math.floor(priced / 1000) * 1000,
      };
    },
  };
  return market;
}

function stored(key: number, number: number, rest: Partial<Quote> = {}): Quote {
  const none = { bid: null, ask: null, bidSize: null, askSize: null, lastSize: null, open: null, high: null, low: null, volume: null };
  return {
    instrumentKey: key,
    symbol: '',
    last: decimal('10'),
    previousClose: decimal('8'),
    ...none,
    at,
    source: 'import',
    number,
    ...rest,
  };
}

function setUp(...instruments: readonly Instrument[]) {
  const book = createInstrumentBook();
  book.put(instruments);
  const clock = fixedClock(at);
  const computed = ticking();
  const errors: unknown[] = [];
  const board = createQuoteBoard({ book, clock, market: { source: 'computed', computed }, onError: (error) => errors.push(error) });
  return { book, clock, board, computed, errors };
}

test('a computed quote is that of the running second, and is worked out once', () => {
  const { board, clock, computed } = setUp(instrument(1));

  expect(board.quoteOf(1)).toMatchObject({
    symbol: 'S1',
    last: decimal('100'),
    at: at - 250,
    source: 'computed',
    number: (at - 250) / 1000,
  });
  board.quoteOf(1);
  board.answerOf(1);
  expect(computed.asked).toBe(1);
  clock.advance(750);
  expect(board.quoteOf(1)?.last).toBe(decimal('101'));
  clock.advance(-750);
  expect(board.quoteOf(1)?.last).toBe(decimal('100'));
});

test('an answer is JSON with the age of the price', () => {
  const { board, clock } = setUp(instrument(1), instrument(2, { source: 'import', exchange: 'NSE', isPrimary: false, currency: 'INR' }));
  board.put([stored(2, 7)]);
  clock.advance(61_900);

  // 10 - 8 = 2; 2 / 8 = 25 %. Priced at 15:30:00.250 and read 61.9 s later.
  expect(JSON.parse(board.answerOf(2) ?? '')).toEqual({
    symbol: 'S2.NSE',
    currency: 'INR',
    last: '10',
    bid: null,
    ask: null,
    bidSize: null,
    askSize: null,
    open: null,
    high: null,
    low: null,
    previousClose: '8',
    change: '2',
    changePercent: 25,
    volume: null,
    at: '2026-01-05T15:30:00.250Z',
    source: 'import',
    ageSeconds: 61,
    delayed: true,
  });
  const { ageSeconds: _, delayed: __, ...lasting } = JSON.parse(board.answerOf(2) ?? '') as Record<string, unknown>;
  expect(JSON.parse(board.serialised(2) ?? '')).toEqual(lasting);
  expect(board.answerOf(3)).toBeNull();
  expect(board.serialised(3)).toBeNull();
});

test('a beat tells every changed quote once a second, and nothing new of a market that stands still', () => {
  const { board, clock } = setUp(instrument(1), instrument(2), instrument(3, { symbol: 'UNKNOWN' }));
  const told: number[][] = [];
  const stop = board.onTick((changed) => told.push(changed.map(({ instrumentKey }) => instrumentKey)));

  board.beat();
  board.beat();
  expect(told).toEqual([[1, 2]]);
  expect(board.sequence).toBe(1);

  clock.set('2026-01-05T15:31:00Z');
  board.beat();
  clock.set('2026-01-05T15:40:00Z');
  board.beat();
  expect(told).toEqual([[1, 2], [1, 2], []]);
  expect(board.sequence).toBe(3);
  // The price of 15:31 is 540 seconds old.
  expect(JSON.parse(board.answerOf(1) ?? '')).toMatchObject({ last: '100', at: '2026-01-05T15:31:00.000Z', ageSeconds: 540 });

  stop();
  clock.advance(1_000);
  board.beat();
  expect(told).toHaveLength(3);
});

test('stored quotes of another source, an older number or an unknown instrument are not taken', () => {
  const { board } = setUp(instrument(1), instrument(2, { source: 'import' }));
  const told: (readonly Quote[])[] = [];
  board.onTick((changed) => told.push(changed));

  board.put([stored(2, 5)]);
  board.put([stored(2, 5, { last: decimal('99') }), stored(2, 4, { last: decimal('98') }), stored(1, 6), stored(77, 1)]);

  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject([{ instrumentKey: 2, symbol: 'S2', last: decimal('10') }]);
  expect(board.quoteOf(1)?.source).toBe('computed');
  expect(board.quoteOf(77)).toBeNull();
});

test('an instrument that becomes an imported one loses its computed price at once', () => {
  const { board, book } = setUp(instrument(1));
  expect(board.quoteOf(1)?.last).toBe(decimal('100'));

  book.put([instrument(1, { source: 'import' })]);
  expect(board.quoteOf(1)).toBeNull();
  board.put([stored(1, 1)]);
  expect(board.quoteOf(1)?.last).toBe(decimal('10'));
});

test('a changed name shows in the text without a new price', () => {
  const { board, book } = setUp(instrument(1, { source: 'import' }));
  board.put([stored(1, 1)]);
  expect(board.serialised(1)).toContain('"currency":"USD"');

  book.put([instrument(1, { source: 'import', currency: 'EUR' })]);
  expect(board.serialised(1)).toContain('"currency":"EUR"');
});

test('a corrected price may be older, and may be none', () => {
  const { board } = setUp(instrument(1, { source: 'manual' }));
  board.put([stored(1, 9, { source: 'manual' })]);
  board.correct(1, stored(1, 3, { source: 'manual', last: decimal('7') }));
  expect(board.quoteOf(1)?.last).toBe(decimal('7'));
  board.correct(1, null);
  expect(board.quoteOf(1)).toBeNull();
});

test('a listener that throws does not keep the others from hearing', () => {
  const { board, errors } = setUp(instrument(1));
  const heard: number[] = [];
  board.onTick(() => {
    throw new Error('deaf');
  });
  board.onTick((changed) => heard.push(changed.length));

  board.beat();

  expect(heard).toEqual([1]);
  expect(errors).toHaveLength(1);
});
