import { findExchange, formatSymbol } from '@holdfast/engine/instruments';
import { AppError } from '../../platform/http/index.ts';
import type { Instrument } from './instrument.ts';

/** Every instrument, in memory, so that naming one costs no query. Reads answer at once and are as fresh as the last news of a change. */
export interface InstrumentBook {
  /**
   * What a user means by a symbol: their own private instrument, else the primary listing of a bare symbol, else SYMBOL.EXCHANGE.
   * Active ones come before inactive ones, which are found so that history keeps its names: look at `status` before trading.
   * Null when nothing has that name; throws `ambiguous_symbol` when several listings do and none is the primary one.
   */
  resolve(symbol: string, userId?: string): Instrument | null;
  byKey(key: number): Instrument | null;
  /** Private ones too: compare `ownerId` before showing one. */
  byId(id: string): Instrument | null;
  /** All public ones by symbol, then exchange. The same array until something changes. */
  listPublic(): readonly Instrument[];
  /** A user's private ones by symbol. */
  listPrivate(userId: string): readonly Instrument[];
  /** Rises with every change. */
  readonly version: number;
  /** Called after changes with the instruments as they are now. Answers how to stop. */
  onChange(listener: (changed: readonly Instrument[]) => void): () => void;
}

/** The book as its keeper sees it. */
export interface WritableInstrumentBook extends InstrumentBook {
  /** Adds instruments or replaces those of the same key. */
  put(instruments: readonly Instrument[]): void;
  /** Forgets instruments that are gone from the database. */
  remove(keys: readonly number[]): void;
}

type BySymbol = Map<string, Instrument[]>;

export function createInstrumentBook(): WritableInstrumentBook {
  const byKey = new Map<number, Instrument>();
  const byId = new Map<string, Instrument>();
  const publicBySymbol: BySymbol = new Map();
  const privateByOwner = new Map<string, BySymbol>();
  const listeners = new Set<(changed: readonly Instrument[]) => void>();
  let sorted: readonly Instrument[] | null = null;
  let version = 0;

  const namespaceOf = (ownerId: string | null): BySymbol => {
    if (ownerId === null) return publicBySymbol;
    const found = privateByOwner.get(ownerId) ?? new Map<string, Instrument[]>();
    privateByOwner.set(ownerId, found);
    return found;
  };
  const drop = (key: number): void => {
    const old = byKey.get(key);
    if (old === undefined) return;
    byKey.delete(key);
    byId.delete(old.id);
    const namespace = namespaceOf(old.ownerId);
    const rest = (namespace.get(old.symbol) ?? []).filter((instrument) => instrument.key !== key);
    if (rest.length > 0) namespace.set(old.symbol, rest);
    else namespace.delete(old.symbol);
  };
  const changed = (instruments: readonly Instrument[]): void => {
    sorted = null;
    version += 1;
    for (const listener of listeners) listener(instruments);
  };

  return {
    resolve(symbol, userId) {
      const own = userId === undefined ? undefined : privateByOwner.get(userId);
      const written = symbol.toUpperCase();
      return (own === undefined ? null : found(own, written)) ?? found(publicBySymbol, written);
    },
    byKey: (key) => byKey.get(key) ?? null,
    byId: (id) => byId.get(id) ?? null,
    listPublic: () => (sorted ??= Object.freeze([...publicBySymbol.values()].flat().sort(byName))),
    listPrivate: (userId) => [...(privateByOwner.get(userId)?.values() ?? [])].flat().sort(byName),
    get version() {
      return version;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    put(instruments) {
      for (const instrument of instruments) {
        drop(instrument.key);
        byKey.set(instrument.key, instrument);
        byId.set(instrument.id, instrument);
        const namespace = namespaceOf(instrument.ownerId);
        namespace.set(instrument.symbol, [...(namespace.get(instrument.symbol) ?? []), instrument]);
      }
      if (instruments.length > 0) changed(instruments);
    },
    remove(keys) {
      for (const key of keys) drop(key);
      if (keys.length > 0) changed([]);
    },
  };
}

type Name = Pick<Instrument, 'symbol' | 'exchange' | 'id'>;

/** The order of lists: symbol, exchange, then id, by code unit, so that a cursor means the same everywhere. */
export function byName(a: Name, b: Name): number {
  return order(a.symbol, b.symbol) || order(a.exchange ?? '', b.exchange ?? '') || order(a.id, b.id);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function found(namespace: BySymbol, written: string): Instrument | null {
  const named = namespace.get(written);
  if (named !== undefined) return meant(named, written);
  const point = written.lastIndexOf('.');
  if (point <= 0) return null;
  const suffix = written.slice(point + 1);
  // A vendor's mark (SAP.DE) is read as the exchange it stands for; an exchange that only we know is meant by its own code.
  const code = findExchange(suffix)?.code;
  const listed = (namespace.get(written.slice(0, point)) ?? []).filter(({ exchange }) => exchange === code || exchange === suffix);
  return listed.find(({ status }) => status === 'active') ?? listed[0] ?? null;
}

function meant(named: readonly Instrument[], written: string): Instrument | null {
  if (named.length === 1) return named[0] ?? null;
  const active = named.filter(({ status }) => status === 'active');
  const candidates = active.length > 0 ? active : named;
  const primary = candidates.filter(({ isPrimary }) => isPrimary);
  const [first, ...others] = primary.length > 0 ? primary : candidates;
  if (first === undefined || others.length === 0) return first ?? null;
  const listings = candidates.map(({ symbol, exchange }) => formatSymbol({ symbol, exchange })).sort();
  throw new AppError('ambiguous_symbol', `${written} is listed as ${listings.join(', ')}. Name the one you mean.`);
}
