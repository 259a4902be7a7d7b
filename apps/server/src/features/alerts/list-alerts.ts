import type { AnswerOf, QueryOf } from '@holdfast/contract';
import type { listAlertEvents as eventsContract, listAlerts as contract } from '@holdfast/contract/alerts';
import { notFound, page, readCursor, writeCursor } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import { symbolOf } from '../instruments/index.ts';
import { findAlert, isBySymbol, placeOf, selectAlerts, selectEvents } from './alert-store.ts';
import type { AlertCaller, AlertNeeds } from './change-alert.ts';
import { describeAlert, describeEvent } from './describe-alert.ts';

type Query = QueryOf<typeof contract>;
type ListNeeds = Pick<AlertNeeds, 'db' | 'instruments' | 'quotes'>;

export async function listAlerts(needs: ListNeeds, { userId }: AlertCaller, query: Query): Promise<AnswerOf<typeof contract>> {
  const sort = query.sort ?? '-createdAt';
  const limit = query.limit ?? 50;
  const list = `alerts ${sort}`;
  const keys = readCursor(list, query.cursor, [isBySymbol(sort) ? isText : isInstant, isId]);
  const rows = await selectAlerts(
    needs.db,
    {
      userId,
      status: query.status ?? null,
      condition: query.condition ?? null,
      portfolioId: query.portfolioId ?? null,
      watchlistId: query.watchlistId ?? null,
      instrumentKeys: query.symbol === undefined ? null : keysOf(needs.instruments.resolve(query.symbol, userId)),
      search:
        query.search === undefined ? null : { words: query.search, instrumentKeys: searched(needs.instruments, userId, query.search) },
    },
    { sort, limit, after: keys === null ? null : { value: keys[0] ?? '', id: keys[1] ?? '' } },
  );
  const symbolText = (key: number | null): string => (key === null ? '' : (needs.instruments.byKey(key)?.symbol ?? ''));
  return page(rows, limit, {
    item: (row) => describeAlert(needs, row),
    cursor: (row) => writeCursor(list, [placeOf(row, { sort, symbol: symbolText(row.instrument_key) }), row.id]),
  });
}

export async function listAlertEvents(
  needs: ListNeeds,
  { userId }: AlertCaller,
  { id, query }: { readonly id: string; readonly query: QueryOf<typeof eventsContract> },
): Promise<AnswerOf<typeof eventsContract>> {
  const alert = await findAlert(needs.db, { id, userId });
  if (alert === null) throw notFound('alert');
  const limit = query.limit ?? 50;
  const list = `alert-events ${id}`;
  const before = readCursor(list, query.cursor, [isId])?.[0] ?? null;
  const rows = await selectEvents(needs.db, { alertId: id, before, limit });
  const symbolFor = (key: number | null): string | null => {
    const instrument = key === null ? null : needs.instruments.byKey(key);
    return instrument === null ? null : symbolOf(instrument);
  };
  return page(rows, limit, {
    item: (row) => describeEvent(row, symbolFor(row.instrument_key)),
    cursor: (row) => writeCursor(list, [row.id]),
  });
}

function isInstant(text: string): boolean {
  return Number.isFinite(Date.parse(text));
}

function isText(text: string): boolean {
  return text.length <= 64 && !text.includes('\0');
}

function keysOf(instrument: { readonly key: number } | null): readonly number[] {
  return instrument === null ? [] : [instrument.key];
}

/** Keys of the instruments whose symbol or name has the words. */
function searched(book: InstrumentBook, userId: string, search: string): readonly number[] {
  const words = search.toLowerCase();
  const all = [...book.listPublic(), ...book.listPrivate(userId)];
  return all.filter(({ symbol, name }) => symbol.toLowerCase().includes(words) || name.toLowerCase().includes(words)).map(({ key }) => key);
}
