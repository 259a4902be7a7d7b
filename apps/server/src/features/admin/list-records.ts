import type {
  AdminNotification,
  AdminPrice,
  listPrices as pricesContract,
  listSentNotifications as sentContract,
} from '@holdfast/contract/admin';
import type { QueryOf } from '@holdfast/contract';
import type { Db } from '../../platform/db/pool.ts';
import { page, readCursor, writeCursor } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import { selectPrices, selectSentNotifications } from './record-store.ts';
import type { PriceRow, SentNotification } from './record-store.ts';

export async function listPrices(db: Db, { limit = 50, cursor, sort = 'symbol', ...filter }: QueryOf<typeof pricesContract>) {
  const list = `prices ${sort}`;
  const [place, key] = readCursor(list, cursor, [(text) => text.length <= 64, (text) => /^\d{1,9}$/.test(text)]) ?? [];
  const after = place === undefined || key === undefined ? null : { place, key };
  const rows = await selectPrices(db, filter, { sort, after, limit: limit + 1 });
  return page(rows, limit, { item: describePrice, cursor: (row) => writeCursor(list, [row.place, String(row.key)]) });
}

function describePrice({ key: _key, place: _place, at, last, bid, ask, ...price }: PriceRow): AdminPrice {
  return {
    ...price,
    last: plain(last),
    bid: bid === null ? null : plain(bid),
    ask: ask === null ? null : plain(ask),
    at: at.toISOString(),
  };
}

/** The database keeps eighteen places; those that say nothing are left out. */
function plain(exact: string): string {
  return exact.includes('.') ? exact.replace(/\.?0+$/, '') : exact;
}

const SENT = 'sent notifications';

export async function listSentNotifications(db: Db, { limit = 50, cursor, ...filter }: QueryOf<typeof sentContract>) {
  const after = readCursor(SENT, cursor, [isId])?.[0] ?? null;
  const rows = await selectSentNotifications(db, filter, { after, limit: limit + 1 });
  return page(rows, limit, { item: describeSent, cursor: ({ id }) => writeCursor(SENT, [id]) });
}

function describeSent({ createdAt, readAt, ...sent }: SentNotification): AdminNotification {
  return { ...sent, createdAt: createdAt.toISOString(), readAt: readAt?.toISOString() ?? null };
}
