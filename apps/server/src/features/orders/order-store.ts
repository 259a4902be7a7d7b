/** Reads orders and their events. The desk writes them. */
import type pg from 'pg';
import type { Db } from '../../platform/db/pool.ts';
import { formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { readOpenOrders, readOrders } from '../desk/index.ts';
import type { KeptOrder } from '../desk/index.ts';

export interface OrderFilter {
  readonly portfolioId: string;
  readonly statuses: readonly string[] | null;
  readonly instrumentKey: number | null;
  readonly clientOrderId: string | null;
  readonly side: string | null;
  readonly type: string | null;
  /** Placed from here on, and before then. */
  readonly from: Date | null;
  readonly to: Date | null;
  readonly parentId: string | null;
}

interface Sources {
  readonly db: Db;
  readonly pool: pg.Pool;
}

/** A page of orders, newest first: ids rise with time. */
export async function findOrders(
  { db, pool }: Sources,
  filter: OrderFilter,
  page: { readonly limit: number; readonly after: string | null },
): Promise<readonly KeptOrder[]> {
  let query = db
    .selectFrom('orders')
    .select(['portfolio_id', 'id'])
    .where('portfolio_id', '=', filter.portfolioId)
    .orderBy('id', 'desc')
    .limit(page.limit + 1);
  if (page.after !== null) query = query.where('id', '<', page.after);
  if (filter.statuses !== null) query = query.where('status', 'in', [...filter.statuses]);
  if (filter.instrumentKey !== null) query = query.where('instrument_key', '=', filter.instrumentKey);
  if (filter.clientOrderId !== null) query = query.where('client_order_id', '=', filter.clientOrderId);
  if (filter.side !== null) query = query.where('side', '=', filter.side);
  if (filter.type !== null) query = query.where('type', '=', filter.type);
  if (filter.from !== null) query = query.where('created_at', '>=', filter.from);
  if (filter.to !== null) query = query.where('created_at', '<', filter.to);
  if (filter.parentId !== null) query = query.where('id', 'in', childrenOf(db, filter.portfolioId, filter.parentId));
  const ids = (await query.execute()).map(({ id }) => id);
  const orders = await readOrders(pool, filter.portfolioId, ids);
  return orders.toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

function childrenOf(db: Db, portfolioId: string, parentId: string) {
  return db.selectFrom('order_terms').select('order_id').where('portfolio_id', '=', portfolioId).where('parent_id', '=', parentId);
}

export async function findOrder(
  { db, pool }: Sources,
  asked: { readonly userId: string; readonly portfolioId: string; readonly orderId: string },
): Promise<KeptOrder | null> {
  const mine = await db
    .selectFrom('orders')
    .select('id')
    .where('portfolio_id', '=', asked.portfolioId)
    .where('id', '=', asked.orderId)
    .where('user_id', '=', asked.userId)
    .executeTakeFirst();
  if (mine === undefined) return null;
  return (await readOrders(pool, asked.portfolioId, [asked.orderId]))[0] ?? null;
}

export async function findOrderEvents(db: Db, asked: { readonly portfolioId: string; readonly orderId: string }) {
  return db
    .selectFrom('order_events')
    .select(['sequence', 'at', 'status', 'filled_quantity', 'average_fill_price', 'fees'])
    .where('portfolio_id', '=', asked.portfolioId)
    .where('order_id', '=', asked.orderId)
    .orderBy('sequence')
    .execute();
}

/** The open orders in the live market, of these portfolios or placed since then, without their fills: what the matcher waits with. */
export async function findOpenOrders(
  pool: pg.Pool,
  among: { readonly portfolioIds?: readonly string[] | null; readonly since?: Date },
): Promise<readonly KeptOrder[]> {
  return readOpenOrders(pool, { portfolioIds: among.portfolioIds ?? null, since: among.since ?? null });
}

/** Keeps how far trailing stops have followed the price. Whoever has seen the best price is right. */
export async function keepMarks(
  pool: pg.Pool,
  marks: readonly { readonly portfolioId: string; readonly id: string; readonly mark: Decimal }[],
): Promise<void> {
  const text = `update order_terms t set mark = case o.side when 'sell' then greatest(t.mark, g.mark) else least(t.mark, g.mark) end
    from unnest($1::uuid[], $2::uuid[], $3::numeric[]) as g(portfolio_id, id, mark)
    join orders o on o.portfolio_id = g.portfolio_id and o.id = g.id
    where t.portfolio_id = g.portfolio_id and t.order_id = g.id and o.status in ('accepted', 'partiallyFilled')`;
  const values = [marks.map(({ portfolioId }) => portfolioId), marks.map(({ id }) => id), marks.map(({ mark }) => formatDecimal(mark))];
  await pool.query({ name: 'order-marks', text, values });
}

/** Keeps what a batch with a key was answered, for its repetition. */
export async function keepBatchAnswer(
  db: Db,
  answer: { readonly userId: string; readonly key: string; readonly text: string },
): Promise<void> {
  await db
    .updateTable('idempotency_keys')
    .set({ status: 200, body: answer.text })
    .where('user_id', '=', answer.userId)
    .where('key', '=', answer.key)
    .execute();
}
