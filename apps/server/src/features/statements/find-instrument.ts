/** Which instrument a row of a statement means. */
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import { symbolOf } from '../instruments/index.ts';
import { AppError } from '../../platform/http/index.ts';
import type { StatementRow } from './statement-row.ts';

export interface InstrumentFinder {
  /** The instrument, or why none is meant for sure. */
  find(row: StatementRow): { readonly instrument: Instrument } | { readonly reason: string };
}

/** What a file calls an instrument: the key under which its owner says which one it is. */
export function writtenAs({ isin, symbol, name }: Pick<StatementRow, 'isin' | 'symbol' | 'name'>): string | null {
  return isin ?? symbol ?? name;
}

/** Types whose money may be in another currency than the instrument's. */
const ANY_CURRENCY = new Set(['dividend']);

export interface FinderNeeds {
  readonly book: InstrumentBook;
  readonly userId: string;
  /** As the owner said: from what is written to a symbol. */
  readonly symbols: Readonly<Record<string, string>>;
}

/** The owner's word first, then the ISIN, then the symbol as it stands or as vendors write it. */
export function instrumentFinder({ book, userId, symbols }: FinderNeeds): InstrumentFinder {
  const byIsin = new Map<string, Instrument[]>();
  for (const instrument of [...book.listPrivate(userId), ...book.listPublic()])
    if (instrument.isin !== null) byIsin.set(instrument.isin, [...(byIsin.get(instrument.isin) ?? []), instrument]);

  const named = (symbol: string): Instrument | null => {
    try {
      return book.resolve(symbol, userId);
    } catch (error) {
      if (error instanceof AppError && error.code === 'ambiguous_symbol') return null;
      throw error;
    }
  };
  const said = ({ isin, symbol, name }: StatementRow): string | null => {
    for (const written of [isin, symbol, name]) if (written !== null && Object.hasOwn(symbols, written)) return symbols[written] ?? null;
    return null;
  };
  const candidates = (row: StatementRow): readonly Instrument[] => {
    const word = said(row);
    if (word !== null) return listOf(named(word));
    const listed = row.isin === null ? [] : (byIsin.get(row.isin) ?? []);
    if (listed.length > 0) return listed;
    const spellings = row.symbol === null ? [] : spellingsOf(row.symbol);
    // An ISIN that contradicts the symbol's own is another instrument that happens to be called alike.
    return spellings
      .flatMap((spelling) => listOf(named(spelling)))
      .filter(({ isin }) => isin === null || row.isin === null || isin === row.isin);
  };

  return {
    find(row) {
      const found = candidates(row);
      const fits = found.filter(({ currency }) => row.currency === null || row.currency === currency || ANY_CURRENCY.has(row.type));
      const best = fits.find(({ currency }) => currency === row.currency) ?? fits[0];
      if (best !== undefined) return { instrument: best };
      const [other] = found;
      const written = writtenAs(row) ?? 'an instrument without a name';
      if (other !== undefined)
        return {
          reason: `${symbolOf(other)} is in ${other.currency} and the row in ${row.currency ?? ''}. Name a listing in ${row.currency ?? ''}, or create a private instrument.`,
        };
      const word = said(row);
      if (word !== null) return { reason: `No instrument has the symbol ${word}.` };
      return { reason: `No instrument here is known as ${written}. Say which one it is in \`symbols\`, or create a private instrument.` };
    },
  };
}

function listOf(instrument: Instrument | null): readonly Instrument[] {
  return instrument === null ? [] : [instrument];
}

/** BTC-USD is how vendors write a coin, and BRK-B and BRK/B a share class. */
function spellingsOf(symbol: string): readonly string[] {
  const coin = /^([A-Z0-9]{2,10})-(?:USD|EUR|GBP)$/i.exec(symbol)?.[1];
  const share = /^([A-Z]{1,5})[-/ ]([A-Z])$/i.exec(symbol);
  return [symbol, ...(coin === undefined ? [] : [coin]), ...(share === null ? [] : [`${share[1] ?? ''}.${share[2] ?? ''}`])].filter(
    (spelling) => /^[\w.^=&-]{1,32}$/.test(spelling),
  );
}
