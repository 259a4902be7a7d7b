import { formatSymbol, parseSymbol } from '@holdfast/engine/instruments';
import { SIMULATED } from '../../providers/market-data/index.ts';
import type { MarketDataProvider } from '../../providers/market-data/index.ts';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { afterCommit } from '../../platform/db/transact.ts';
import { createInstrumentBook } from './instrument-book.ts';
import type { InstrumentBook, WritableInstrumentBook } from './instrument-book.ts';
import { insertMissing, loadInstruments, loadInstrumentsByKey, loadInstrumentsSince, updateSource } from './instrument-store.ts';
import { isFetched } from './instrument.ts';
import type { Instrument } from './instrument.ts';

export interface InstrumentsNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly provider: Pick<MarketDataProvider, 'name' | 'listed' | 'computed' | 'covers' | 'profile'>;
  readonly bus: Bus;
  readonly onError: (error: unknown) => void;
}

/** The instruments of this server: the book, and the only ways by which it changes. */
export interface Instruments {
  readonly book: InstrumentBook;
  /** As `book.resolve`; a symbol that only the provider knows is kept first. Throws `ambiguous_symbol`. */
  find(symbol: string, userId?: string): Promise<Instrument | null>;
  /** Puts what a transaction wrote into the book once it has committed, and tells the other servers. */
  changed(instruments: readonly Instrument[]): void;
  /** Gives public instruments the prices of another source. */
  setSource(keys: readonly number[], source: string): Promise<void>;
  /** Reads instruments that were written elsewhere, such as by an import, which tells every server itself. */
  reread(keys: readonly number[]): Promise<void>;
  /** Reads what changed since the last time; a safety net under the news. */
  refresh(): Promise<void>;
  /** Forgets the private instruments of an erased user, here and on the other servers, once the erasure has committed. */
  forgetOwner(userId: string): void;
  close(): void;
}

const CHANGED = 'instruments.changed';
/** Keys in one event, so that it stays far below what the bus takes. */
const KEYS_AN_EVENT = 500;
/** What a server's clock may be behind another's. */
const CLOCK_SLACK_MS = 60_000;

/** Reads all instruments, adding those the provider lists that are not there yet. */
export async function openInstruments(needs: InstrumentsNeeds): Promise<Instruments> {
  const { db, clock, provider, bus, onError } = needs;
  const book = createInstrumentBook();
  let readUpTo = clock.now();
  const refresh = async (): Promise<void> => {
    const since = readUpTo - CLOCK_SLACK_MS;
    readUpTo = clock.now();
    take(book, await loadInstrumentsSince(db, since));
  };
  const read = async (keys: readonly number[]): Promise<void> => {
    const fresh = await loadInstrumentsByKey(db, keys);
    take(book, fresh);
    const present = new Set(fresh.map(({ key }) => key));
    book.remove(keys.filter((key) => !present.has(key) && book.byKey(key) !== null));
  };
  const stops = [
    await bus.subscribe(CHANGED, (keys) => void read(keys as number[]).catch(onError)),
    bus.onLost(() => void refresh().catch(onError)),
  ];
  // Listening begins first, so that nothing that changes while everything is read is missed.
  await insertMissing(
    db,
    provider.listed.map((listing) => ({ ...listing, isin: null, ownerId: null })),
    readUpTo,
  );
  await adopt(db, provider, readUpTo);
  book.put(await loadInstruments(db));
  const publish = (keys: readonly number[]): void => {
    for (let from = 0; from < keys.length; from += KEYS_AN_EVENT)
      bus.publish(CHANGED, keys.slice(from, from + KEYS_AN_EVENT)).catch(onError);
  };
  const changed = (instruments: readonly Instrument[]): void => {
    if (instruments.length === 0) return;
    afterCommit(() => {
      book.put(instruments);
      publish(instruments.map(({ key }) => key));
    });
  };

  return {
    book,
    changed,
    find: async (symbol, userId) => {
      const known = book.resolve(symbol, userId);
      if (known !== null) return known;
      const written = parseSymbol(symbol);
      const profile = written === null ? null : await provider.profile(written);
      if (profile === null) return null;
      changed(await insertMissing(db, [{ ...profile, isin: null, ownerId: null }], clock.now()));
      return book.resolve(symbol, userId);
    },
    setSource: async (keys, source) => changed(await updateSource(db, keys, { source, now: clock.now() })),
    reread: read,
    refresh,
    forgetOwner: (userId) => {
      const keys = book.listPrivate(userId).map(({ key }) => key);
      if (keys.length === 0) return;
      afterCommit(() => {
        book.remove(keys);
        publish(keys);
      });
    },
    close: () => stops.forEach((stop) => stop()),
  };
}

/**
 * Gives what is priced by a source that is not there any more to the one that is: real prices to what was simulated, simulated ones to
 * what it lists. Prices of files and by hand stay. The old series is kept under its own source.
 */
async function adopt(db: Db, provider: InstrumentsNeeds['provider'], now: number): Promise<void> {
  const listed = new Set(provider.listed.map(({ symbol, exchange }) => formatSymbol({ symbol, exchange })));
  const isOurs = (instrument: Instrument): boolean =>
    provider.computed === null
      ? instrument.source === SIMULATED && provider.covers(instrument)
      : isFetched(instrument.source) && listed.has(formatSymbol(instrument));
  const orphaned = (await loadInstruments(db)).filter((instrument) => instrument.ownerId === null && isOurs(instrument));
  if (orphaned.length > 0)
    await updateSource(
      db,
      orphaned.map(({ key }) => key),
      { source: provider.name, now },
    );
}

/** Only what differs, so that a server's own news, which come back to it, change nothing. */
function take(book: WritableInstrumentBook, fresh: readonly Instrument[]): void {
  book.put(fresh.filter((instrument) => !same(instrument, book.byKey(instrument.key))));
}

function same(a: Instrument, b: Instrument | null): boolean {
  if (b === null) return false;
  return (Object.keys(a) as (keyof Instrument)[]).every((field) => a[field] === b[field]);
}
