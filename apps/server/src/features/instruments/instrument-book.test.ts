import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInstrumentBook } from './instrument-book.ts';
import type { Instrument } from './instrument.ts';

let lastKey = 0;

function instrument(symbol: string, rest: Partial<Instrument> = {}): Instrument {
  lastKey += 1;
  return {
    id: `01936b2e-7c00-7000-8000-${String(lastKey).padStart(12, '0')}`,
    key: lastKey,
    symbol,
    exchange: 'NASDAQ',
    isPrimary: true,
    name: symbol,
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

function bookOf(...instruments: readonly Instrument[]) {
  const book = createInstrumentBook();
  book.put(instruments);
  return book;
}

const ada = '01936b2e-7c00-7000-8000-0000000000aa';
const bob = '01936b2e-7c00-7000-8000-0000000000bb';

test('a bare symbol in any case means the primary listing, SYMBOL.EXCHANGE the other', () => {
  const home = instrument('SAP', { exchange: 'XETRA' });
  const abroad = instrument('SAP', { exchange: 'NYSE', isPrimary: false });
  const book = bookOf(abroad, home);

  expect(book.resolve('sap')).toBe(home);
  expect(book.resolve('SAP.NYSE')).toBe(abroad);
  expect(book.resolve('SAP.XETRA')).toBe(home);
  // Xetra is .DE at data vendors.
  expect(book.resolve('SAP.DE')).toBe(home);
  expect(book.resolve('SAP.TSE')).toBeNull();
});

test('a point may belong to the symbol, and an exchange that no table knows is meant by its own code', () => {
  const shareClass = instrument('BRK.B', { exchange: 'NYSE' });
  const swiss = instrument('NESN', { exchange: 'SIX', isPrimary: false });
  const american = instrument('NESN', { exchange: 'OTC' });
  const book = bookOf(shareClass, swiss, american);

  expect(book.resolve('BRK.B')).toBe(shareClass);
  expect(book.resolve('BRK.B.NYSE')).toBe(shareClass);
  expect(book.resolve('NESN.SIX')).toBe(swiss);
});

test('two listings of which none is the primary one are ambiguous, and the refusal names both', () => {
  const book = bookOf(instrument('ABC', { exchange: 'NSE', isPrimary: false }), instrument('ABC', { exchange: 'BSE', isPrimary: false }));

  expect(() => book.resolve('ABC')).toThrow(
    expect.objectContaining({ code: 'ambiguous_symbol', message: expect.stringContaining('ABC.BSE, ABC.NSE') }),
  );
  expect(book.resolve('ABC.NSE')?.exchange).toBe('NSE');
});

test('a private symbol wins for its owner only, and nobody else can name it', () => {
  const stock = instrument('HOUSE');
  const house = instrument('HOUSE', { ownerId: ada, exchange: null });
  const boat = instrument('BOAT', { ownerId: ada, exchange: null });
  const book = bookOf(stock, house, boat);

  expect(book.resolve('HOUSE', ada)).toBe(house);
  expect(book.resolve('HOUSE.NASDAQ', ada)).toBe(stock);
  expect(book.resolve('HOUSE', bob)).toBe(stock);
  expect(book.resolve('HOUSE')).toBe(stock);
  expect(book.resolve('BOAT', bob)).toBeNull();
  expect(book.resolve('BOAT')).toBeNull();
  expect(book.listPublic()).toEqual([stock]);
  expect(book.listPrivate(bob)).toEqual([]);
});

test('an inactive listing is found only where no active one has the name', () => {
  const gone = instrument('OLD', { exchange: 'NYSE', status: 'inactive' });
  const moved = instrument('OLD', { exchange: 'NASDAQ', isPrimary: false });

  expect(bookOf(gone).resolve('OLD')).toBe(gone);
  expect(bookOf(gone, moved).resolve('OLD')).toBe(moved);
});

test('a change replaces what was there under every name, and listeners see it', () => {
  const before = instrument('META', { name: 'Facebook' });
  const book = bookOf(before);
  const seen: (readonly Instrument[])[] = [];
  book.onChange((changed) => seen.push(changed));
  const after = { ...before, name: 'Meta', symbol: 'METV' };

  book.put([after]);

  expect(book.resolve('META')).toBeNull();
  expect(book.resolve('METV')).toBe(after);
  expect(book.byId(before.id)).toBe(after);
  expect(book.byKey(before.key)).toBe(after);
  expect(book.listPublic()).toEqual([after]);
  expect(seen).toEqual([[after]]);
});

test('any order of puts and removals leaves what a plain list of rows would leave', () => {
  const names = fc.constantFrom('A', 'B', 'C');
  const change = fc.record({ key: fc.integer({ min: 1, max: 6 }), symbol: names, owner: fc.constantFrom(null, ada), gone: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const book = createInstrumentBook();
      const rows = new Map<number, Instrument>();
      for (const { key, symbol, owner, gone } of changes) {
        // Each key has an exchange of its own, as the database demands of equal symbols.
        const made = { ...instrument(symbol, { exchange: `X${key}`, ownerId: owner }), key, id: `id ${key}` };
        if (gone) {
          rows.delete(key);
          book.remove([key]);
        } else {
          rows.set(key, made);
          book.put([made]);
        }
      }
      const left = [...rows.values()];
      const sorted = (owner: string | null) =>
        left
          .filter((row) => row.ownerId === owner)
          .sort((a, b) => `${a.symbol} ${a.exchange ?? ''}`.localeCompare(`${b.symbol} ${b.exchange ?? ''}`));
      expect(book.listPublic()).toEqual(sorted(null));
      expect(book.listPrivate(ada)).toEqual(sorted(ada));
      for (const row of left) expect(book.resolve(`${row.symbol}.${row.exchange ?? ''}`, row.ownerId ?? undefined)).toBe(row);
    }),
  );
});
