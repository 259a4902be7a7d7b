/** All SQL of telling owners of their orders: what they have not been told of yet. */
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

/** Portfolios with events that their owners were not told of; among these, where ids are given. */
export async function listBehind(db: Db, { ids, limit }: { readonly ids: readonly string[] | null; readonly limit: number }) {
  let query = db
    .selectFrom('portfolio_heads as h')
    .leftJoin('order_notices as n', 'n.portfolio_id', 'h.portfolio_id')
    .select('h.portfolio_id')
    .where(sql<boolean>`h.event_sequence > coalesce(n.sequence, 0)`);
  if (ids !== null) query = query.where('h.portfolio_id', '=', sql<string>`any(${[...ids]}::uuid[])`);
  return (await query.orderBy('h.portfolio_id').limit(limit).execute()).map((row) => row.portfolio_id);
}

/** Events after `seen`, up to `last`. */
export interface Unseen {
  readonly portfolioId: string;
  readonly seen: number;
  readonly last: number;
}

/** Holds how far these owners were told until the transaction ends, so that nobody tells them of the same events. */
export async function holdUnseen(tx: Tx, portfolioIds: readonly string[]): Promise<readonly Unseen[]> {
  const ids = [...portfolioIds].sort();
  await tx
    .insertInto('order_notices')
    .values(ids.map((id) => ({ portfolio_id: id, sequence: 0 })))
    .onConflict((conflict) => conflict.column('portfolio_id').doNothing())
    .execute();
  const seen = await tx
    .selectFrom('order_notices')
    .selectAll()
    .where('portfolio_id', 'in', ids)
    .orderBy('portfolio_id')
    .forUpdate()
    .execute();
  const heads = await tx
    .selectFrom('portfolio_heads')
    .select(['portfolio_id', 'event_sequence'])
    .where('portfolio_id', 'in', ids)
    .execute();
  const last = new Map(heads.map((head) => [head.portfolio_id, head.event_sequence]));
  return seen.flatMap((row) => {
    const upTo = last.get(row.portfolio_id) ?? 0;
    return upTo > row.sequence ? [{ portfolioId: row.portfolio_id, seen: row.sequence, last: upTo }] : [];
  });
}

export async function setSeen(tx: Tx, unseen: readonly Unseen[]): Promise<void> {
  await sql`
    update order_notices n set sequence = u.last
    from unnest(${unseen.map(({ portfolioId }) => portfolioId)}::uuid[], ${unseen.map(({ last }) => last)}::bigint[]) as u (portfolio_id, last)
    where n.portfolio_id = u.portfolio_id`.execute(tx);
}

/** What owners are told of: other events are their own doing. */
const TOLD = ['filled', 'partiallyFilled', 'rejected', 'expired'] as const;

export interface NoticeCount {
  readonly portfolioId: string;
  readonly userId: string;
  readonly portfolioName: string;
  /** Events that are told. */
  readonly events: number;
  readonly filledOrders: number;
  readonly failedOrders: number;
}

export async function countNotices(tx: Tx, unseen: readonly Unseen[]): Promise<readonly NoticeCount[]> {
  const { rows } = await sql<NoticeCount>`
    select p.id as "portfolioId", p.user_id as "userId", p.name as "portfolioName", count(*) as events,
      count(distinct e.order_id) filter (where e.status in ('filled', 'partiallyFilled')) as "filledOrders",
      count(distinct e.order_id) filter (where e.status in ('rejected', 'expired')) as "failedOrders"
    from ${unseenRows(unseen)}
    join order_events e on e.portfolio_id = u.portfolio_id and e.sequence > u.seen and e.sequence <= u.last
    join portfolios p on p.id = u.portfolio_id
    where e.status = any(${[...TOLD]}::text[])
    group by p.id`.execute(tx);
  return rows;
}

export interface OrderNotice {
  readonly portfolioId: string;
  readonly userId: string;
  readonly portfolioName: string;
  readonly sequence: number;
  readonly status: (typeof TOLD)[number];
  readonly side: 'buy' | 'sell';
  readonly symbol: string;
  readonly currency: string;
  readonly quantity: string;
  readonly filledQuantity: string;
  readonly averagePrice: string | null;
}

/** The last event of each order, in the order of the events. */
export async function readNotices(tx: Tx, unseen: readonly Unseen[]): Promise<readonly OrderNotice[]> {
  const { rows } = await sql<OrderNotice>`
    select p.id as "portfolioId", p.user_id as "userId", p.name as "portfolioName", e.sequence, e.status, o.side, i.symbol, i.currency,
      trim_scale(o.quantity)::text as quantity, trim_scale(e.filled_quantity)::text as "filledQuantity",
      trim_scale(e.average_fill_price)::text as "averagePrice"
    from (
      select distinct on (e.portfolio_id, e.order_id) e.*
      from ${unseenRows(unseen)}
      join order_events e on e.portfolio_id = u.portfolio_id and e.sequence > u.seen and e.sequence <= u.last
      where e.status = any(${[...TOLD]}::text[])
      order by e.portfolio_id, e.order_id, e.sequence desc) e
    join orders o on o.portfolio_id = e.portfolio_id and o.id = e.order_id
    join instruments i on i.key = o.instrument_key
    join portfolios p on p.id = e.portfolio_id
    order by e.portfolio_id, e.sequence`.execute(tx);
  return rows;
}

function unseenRows(unseen: readonly Unseen[]) {
  return sql`unnest(${unseen.map(({ portfolioId }) => portfolioId)}::uuid[], ${unseen.map(({ seen }) => seen)}::bigint[],
    ${unseen.map(({ last }) => last)}::bigint[]) as u (portfolio_id, seen, last)`;
}
