/** Private instruments of an archive, with their prices and bond terms, under a book that knows them before they are committed. */
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { afterCommit } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { setBondTerms } from '../bonds/index.ts';
import { createInstrument, createInstrumentBook, updateInstrument } from '../instruments/index.ts';
import type { Asker, InstrumentBook, Instruments } from '../instruments/index.ts';
import { putPrices } from '../quotes/index.ts';
import type { ArchivedInstrument } from './archive-shapes.ts';

export interface InstrumentIntake {
  readonly db: Db;
  readonly clock: Clock;
  readonly instruments: Instruments;
  /** Makes the board read the stored prices again. */
  readonly corrected: (keys: readonly number[]) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

const PRICES_AT_ONCE = 5_000;

/**
 * Makes those that the asker does not have. One of the same symbol and currency stays as it is and is meant by the archive too; of
 * another currency: `conflict`. Answers how many were made. `needs.instruments` must be as `withFresh` makes it.
 */
export async function bringInstruments(needs: InstrumentIntake, asker: Asker, archived: readonly ArchivedInstrument[]): Promise<number> {
  const { instruments } = needs;
  let made = 0;
  for (const { knownAs, bondTerms, prices, status, ...listing } of archived) {
    const present = instruments.book.listPrivate(asker.caller.userId).find(({ symbol }) => symbol === listing.symbol);
    if (present !== undefined) {
      if (present.currency === listing.currency) continue;
      throw new AppError(
        'conflict',
        `You have an instrument ${knownAs} in ${present.currency}, and the archive has one in ${listing.currency}. Nothing was brought in.`,
      );
    }
    const { exchange, sector, country, isin, tickSize, ...rest } = listing;
    const optional = Object.fromEntries(
      Object.entries({ exchange, sector, country, isin, tickSize }).filter(([, value]) => value !== null),
    );
    const { symbol } = await createInstrument(needs, asker, { ...rest, ...optional, private: true });
    made += 1;
    if (bondTerms !== null) await setBondTerms(needs, asker, { symbol, body: bondTerms });
    const writer = {
      ...needs,
      corrected: async (keys: readonly number[]) => afterCommit(() => void needs.corrected(keys).catch(needs.onError)),
    };
    for (let from = 0; from < prices.length; from += PRICES_AT_ONCE)
      await putPrices(writer, asker, { symbol, prices: prices.slice(from, from + PRICES_AT_ONCE) });
    if (status === 'inactive') await updateInstrument(needs, asker, { symbol, change: { status } });
  }
  return made;
}

/** The instruments with those of a transaction that is not committed yet, for what else the transaction does. */
export function withFresh(instruments: Instruments): Instruments {
  const fresh = createInstrumentBook();
  const { book } = instruments;
  const both: InstrumentBook = {
    resolve: (symbol, userId) => fresh.resolve(symbol, userId) ?? book.resolve(symbol, userId),
    byKey: (key) => fresh.byKey(key) ?? book.byKey(key),
    byId: (id) => fresh.byId(id) ?? book.byId(id),
    listPublic: () => book.listPublic(),
    listPrivate: (userId) => [...book.listPrivate(userId), ...fresh.listPrivate(userId)],
    get version() {
      return book.version + fresh.version;
    },
    onChange: (listener) => book.onChange(listener),
  };
  return {
    ...instruments,
    book: both,
    find: async (symbol, userId) => fresh.resolve(symbol, userId) ?? instruments.find(symbol, userId),
    changed: (changed) => {
      fresh.put(changed);
      instruments.changed(changed);
    },
  };
}
