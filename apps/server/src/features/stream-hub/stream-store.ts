/** Reads the facts that a resumed or late listener has missed. */
import type pg from 'pg';
import { add, compare, decimal, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { OrderStatus } from '@holdfast/engine/orders';
import type { Db } from '../../platform/db/pool.ts';
import { readOrders } from '../desk/index.ts';
import type { KeptOrder } from '../desk/index.ts';

/** Facts are told again for a day. */
export const FACTS_KEPT_MS = 24 * 60 * 60 * 1000;
/** A thousand events are half a megabyte: more would count as reading too slowly. */
export const MOST_REPLAYED = 1_000;

/** Order events of a portfolio after a sequence, each with the order as it was then. */
export async function readOrderEvents(
  sources: { readonly db: Db; readonly pool: pg.Pool },
  asked: { readonly portfolioId: string; readonly after: number },
): Promise<readonly { readonly sequence: number; readonly order: KeptOrder }[]> {
  const events = await sources.db
    .selectFrom('order_events')
    .select(['sequence', 'order_id', 'at', 'status', 'filled_quantity', 'average_fill_price', 'fees', 'rejection'])
    .where('portfolio_id', '=', asked.portfolioId)
    .where('sequence', '>', asked.after)
    .orderBy('sequence')
    .limit(MOST_REPLAYED)
    .execute();
  const orders = new Map(
    (await readOrders(sources.pool, asked.portfolioId, [...new Set(events.map((event) => event.order_id))])).map((order) => [
      order.id,
      order,
    ]),
  );
  return events.flatMap((event) => {
    const order = orders.get(event.order_id);
    if (order === undefined) return [];
    const filledQuantity = decimal(event.filled_quantity);
    const then: KeptOrder = {
      ...order,
      status: event.status as OrderStatus,
      filledQuantity,
      averageFillPrice: event.average_fill_price === null ? null : decimal(event.average_fill_price),
      fees: decimal(event.fees),
      fills: firstFills(order.fills, filledQuantity),
      rejection: event.rejection as KeptOrder['rejection'],
      updatedAt: event.at.getTime(),
    };
    return [{ sequence: event.sequence, order: then }];
  });
}

/** The fills that made up a filled quantity: those of one batch share their instant, so their sum tells them apart. */
function firstFills(fills: KeptOrder['fills'], filledQuantity: Decimal): KeptOrder['fills'] {
  let filled = ZERO;
  return fills.filter(({ quantity }) => {
    filled = add(filled, quantity);
    return compare(filled, filledQuantity) <= 0;
  });
}

/** Facts of a channel kept in stream_facts. */
export async function readStreamFacts(db: Db, channel: string, asked: { readonly after: number; readonly since: Date }) {
  const rows = await db
    .selectFrom('stream_facts')
    .select(['sequence', 'body'])
    .where('channel', '=', channel)
    .where('sequence', '>', asked.after)
    .where('at', '>=', asked.since)
    .orderBy('sequence')
    .limit(MOST_REPLAYED)
    .execute();
  return rows.map((row) => ({ sequence: row.sequence, data: JSON.stringify(row.body) }));
}

export async function lastStreamFact(db: Db, channel: string): Promise<{ readonly sequence: number; readonly data: string } | null> {
  const row = await db
    .selectFrom('stream_facts')
    .select(['sequence', 'body'])
    .where('channel', '=', channel)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { sequence: row.sequence, data: JSON.stringify(row.body) };
}

/** Whether the import was begun by this user. */
export async function beganImport(db: Db, importId: string, userId: string): Promise<boolean> {
  const row = await db.selectFrom('imports').select('id').where('id', '=', importId).where('user_id', '=', userId).executeTakeFirst();
  return row !== undefined;
}

export async function askedForReport(db: Db, reportId: string, userId: string): Promise<boolean> {
  const row = await db.selectFrom('reports').select('id').where('id', '=', reportId).where('user_id', '=', userId).executeTakeFirst();
  return row !== undefined;
}

/** The number of the last fact about a user's notifications, and how many they have not read. */
export async function readNotificationHead(db: Db, userId: string): Promise<{ readonly sequence: number; readonly unread: number }> {
  const row = await db.selectFrom('notification_heads').select(['sequence', 'unread']).where('user_id', '=', userId).executeTakeFirst();
  return row ?? { sequence: 0, unread: 0 };
}
