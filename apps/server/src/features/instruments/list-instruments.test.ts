import { expect, test } from 'vitest';
import { createInstrumentBook } from './instrument-book.ts';
import type { Instrument } from './instrument.ts';
import { createInstrumentLists } from './list-instruments.ts';
import type { InstrumentQuery } from './list-instruments.ts';

const ada = '01936b2e-7c00-7000-8000-0000000000aa';

const rows: readonly (readonly [symbol: string, name: string, rest?: Partial<Instrument>])[] = [
  ['AAPL', 'Apple Inc.', { isin: 'US0378331005' }],
  ['APP', 'AppLovin Corporation'],
  ['APLE', 'Apple Hospitality REIT', { exchange: 'NYSE' }],
  ['NESN', 'Nestlé S.A.', { exchange: 'SIX' }],
  ['PINE', 'Alpine Pineapple Partners'],
  ['SPY', 'SPDR S&P 500 ETF Trust', { assetClass: 'etf', exchange: 'ARCA' }],
  ['OLD', 'Old Apple Company', { status: 'inactive' }],
  ['CIDER', 'Apple press in the barn', { ownerId: ada, exchange: null }],
];

function bookOf() {
  const book = createInstrumentBook();
  book.put(rows.map(([symbol, name, rest], index) => made(index + 1, { symbol, name, ...rest })));
  return book;
}

function made(key: number, rest: Partial<Instrument>): Instrument {
  return {
    id: `01936b2e-7c00-7000-8000-${String(key).padStart(12, '0')}`,
    key,
    symbol: '',
    exchange: 'NASDAQ',
    isPrimary: true,
    name: '',
    assetClass: 'stock',
    currency: 'USD',
    sector: null,
    country: null,
    isin: null,
    tickSize: null,
    status: 'active',
    source: 'simulated',
    ownerId: null,
    ...rest,
  };
}

interface Page {
  readonly items: readonly { readonly symbol: string }[];
  readonly nextCursor: string | null;
}

function ask(query: InstrumentQuery, userId: string | null = null, book = bookOf()): Page {
  return JSON.parse(createInstrumentLists(book)(userId, query).text) as Page;
}

function symbols(query: InstrumentQuery, userId: string | null = null): string {
  return ask(query, userId)
    .items.map(({ symbol }) => symbol)
    .join(' ');
}

test.each<readonly [InstrumentQuery, string]>([
  [{}, 'AAPL APLE APP NESN PINE SPY'],
  [{ status: 'inactive' }, 'OLD'],
  [{ status: 'all' }, 'AAPL APLE APP NESN OLD PINE SPY'],
  [{ assetClass: 'etf' }, 'SPY'],
  [{ exchange: 'nyse' }, 'APLE'],
  // APP is the symbol itself; AAPL and APLE have a name that begins with it; "Pineapple" has no word that does.
  [{ search: 'app' }, 'APP AAPL APLE'],
  [{ search: 'apple inc' }, 'AAPL'],
  [{ search: 'REIT apple' }, 'APLE'],
  [{ search: 'us0378331005' }, 'AAPL'],
  [{ search: 'nestle' }, 'NESN'],
  [{ search: 's&p' }, 'SPY'],
  [{ search: ' ap ' }, 'APLE APP AAPL'],
  [{ search: '  ' }, 'AAPL APLE APP NESN PINE SPY'],
  [{ search: '.*' }, ''],
  [{ search: 'apple', exchange: 'NYSE' }, 'APLE'],
])('%j finds %s', (query, expected) => {
  expect(symbols(query)).toBe(expected);
});

test('private instruments are listed for their owner only', () => {
  expect(symbols({ search: 'apple' }, ada)).toBe('AAPL APLE CIDER');
  expect(symbols({}, ada)).toBe('AAPL APLE APP CIDER NESN PINE SPY');
  expect(symbols({ search: 'apple' }, '01936b2e-7c00-7000-8000-0000000000bb')).toBe('AAPL APLE');
});

test.each<InstrumentQuery>([{}, { search: 'a' }])('pages of %j together are the whole list, whatever their size', (query) => {
  const whole = ask({ ...query, limit: 500 }).items;
  for (const limit of [1, 2, 4]) {
    const read: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = ask({ ...query, limit, ...(cursor === null ? {} : { cursor }) });
      read.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(read).toEqual(whole);
  }
});

test('what is added or taken away between two pages neither repeats nor hides the others', () => {
  const book = bookOf();
  const first = ask({ limit: 2 }, null, book);
  expect(first.items.map(({ symbol }) => symbol)).toEqual(['AAPL', 'APLE']);
  book.put([made(90, { symbol: 'AAA' }), made(91, { symbol: 'MMM' })]);
  book.remove([3]);

  const second = ask({ limit: 3, cursor: first.nextCursor ?? '' }, null, book);

  expect(second.items.map(({ symbol }) => symbol)).toEqual(['APP', 'MMM', 'NESN']);
});

test('a cursor of another search is refused', () => {
  const cursor = ask({ limit: 1 }).nextCursor ?? '';
  expect(() => ask({ search: 'apple', cursor })).toThrow(expect.objectContaining({ code: 'invalid_value' }));
  expect(() => ask({ cursor: 'no cursor' })).toThrow(expect.objectContaining({ code: 'invalid_value' }));
});

test('a page that was kept is not given once something changed, nor to who sees more', () => {
  const book = bookOf();
  const list = createInstrumentLists(book);
  const symbolsOf = (userId: string | null) =>
    (JSON.parse(list(userId, { search: 'apple' }).text) as Page).items.map(({ symbol }) => symbol).join(' ');
  expect(symbolsOf(null)).toBe('AAPL APLE');
  expect(symbolsOf(ada)).toBe('AAPL APLE CIDER');
  expect(symbolsOf(null)).toBe('AAPL APLE');
  book.put([made(92, { symbol: 'NEWA', name: 'New Apple' })]);
  expect(symbolsOf(null)).toBe('AAPL APLE NEWA');
});
