import type { QueryOf } from '@holdfast/contract';
import type { listTransactions as contract } from '@holdfast/contract/transactions';
import { parseDecimal } from '@holdfast/engine/money';
import { page, readCursor, writeCursor } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import type { Db } from '../../platform/db/pool.ts';
import { nextMidnight } from '../../platform/time-zone.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import { parseMoment } from './input-figures.ts';
import { findTransactions } from './transaction-store.ts';
import { describeTransaction } from './transaction.ts';
import type { TransactionRow } from './transaction.ts';

type Query = QueryOf<typeof contract>;

/** A page of transactions, filtered, sorted, newest first unless asked otherwise. Days are those of the portfolio, or UTC over all. */
export async function listTransactions(
  needs: { readonly db: Db; readonly instruments: InstrumentBook },
  of: { readonly userId: string; readonly portfolioId: string | null; readonly timeZone: string },
  query: Query,
) {
  const sort = query.sort ?? '-tradedAt';
  const limit = query.limit ?? 50;
  const keys = readCursor(`transactions ${sort}`, query.cursor, [sort.endsWith('amount') ? isAmount : isInstant, isId]);
  const filter = {
    userId: of.userId,
    portfolioId: of.portfolioId,
    search: query.search ?? null,
    type: query.type ?? null,
    instrumentKeys: instrumentKeys(needs.instruments, of.userId, query),
    from: query.from === undefined ? null : new Date(parseMoment(query.from, of.timeZone, 'from')),
    before: query.to === undefined ? null : before(query.to, of.timeZone),
    minAmount: query.minAmount ?? null,
  };
  const after = keys === null ? null : { value: keys[0] ?? '', id: keys[1] ?? '' };
  const rows = await findTransactions(needs.db, filter, { sort, limit, after });
  return page(rows, limit, {
    item: (row) => describeTransaction(row, needs.instruments),
    cursor: (row) => writeCursor(`transactions ${sort}`, [placeOf(row, sort), row.id]),
  });
}

function isInstant(text: string): boolean {
  return Number.isFinite(Date.parse(text));
}

function isAmount(text: string): boolean {
  return parseDecimal(text) !== null;
}

function placeOf(row: TransactionRow, sort: string): string {
  return sort.endsWith('amount') ? row.amount : row.traded_at.toISOString();
}

/** `to` is inclusive: a day is included whole, an instant to its millisecond. */
function before(to: string, timeZone: string): Date {
  const instant = parseMoment(to, timeZone, 'to');
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(to) ? nextMidnight(timeZone, instant) : instant + 1);
}

/** Keys of the instruments meant: by symbol, else those whose symbol or name has the searched words. */
function instrumentKeys(book: InstrumentBook, userId: string, query: Query): readonly number[] | null {
  if (query.symbol !== undefined) {
    const instrument = book.resolve(query.symbol, userId);
    return instrument === null ? [] : [instrument.key];
  }
  if (query.search === undefined) return null;
  const words = query.search.toLowerCase();
  const all = [...book.listPublic(), ...book.listPrivate(userId)];
  return all.filter(({ symbol, name }) => symbol.toLowerCase().includes(words) || name.toLowerCase().includes(words)).map(({ key }) => key);
}
