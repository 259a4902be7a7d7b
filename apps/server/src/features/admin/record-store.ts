import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import type { AdminNotification, PRICE_SORTS } from '@holdfast/contract/admin';
import type { Db } from '../../platform/db/pool.ts';

export interface PriceRow {
  readonly symbol: string;
  readonly exchange: string;
  readonly name: string;
  readonly currency: string;
  readonly last: string;
  readonly bid: string | null;
  readonly ask: string | null;
  readonly at: Date;
  readonly source: string;
  readonly key: number;
  /** What a page goes on after. */
  readonly place: string;
}

export interface PriceFilter {
  readonly search?: string | undefined;
  readonly source?: string | undefined;
}

export async function selectPrices(
  db: Db,
  { search, source }: PriceFilter,
  { sort, after, limit }: { sort: (typeof PRICE_SORTS)[number]; after: { place: string; key: string } | null; limit: number },
): Promise<readonly PriceRow[]> {
  const byTime = sort.endsWith('at');
  const place = byTime ? sql<string>`to_char(p.at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')` : sql<string>`i.symbol collate "C"`;
  const descends = sort.startsWith('-');
  let query = db
    .selectFrom('latest_prices as p')
    .innerJoin('instruments as i', 'i.key', 'p.instrument_key')
    .select(['i.key', 'i.symbol', 'i.exchange', 'i.name', 'i.currency', 'p.last', 'p.bid', 'p.ask', 'p.at', 'p.source'])
    .select(() => sql<string>`${place}`.as('place'))
    // Private instruments and what they are worth are their owners'.
    .where('i.owner_id', 'is', null);
  if (source !== undefined) query = query.where('p.source', '=', source);
  if (search !== undefined && search.trim() !== '') {
    const pattern = `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where(sql<SqlBool>`(i.symbol ilike ${pattern} or i.name ilike ${pattern})`);
  }
  if (after !== null) {
    const beyond = sql.raw(descends ? '<' : '>');
    query = query.where(sql<SqlBool>`(${place}, i.key) ${beyond} (${after.place}, ${after.key}::integer)`);
  }
  const direction = descends ? 'desc' : 'asc';
  return query
    .orderBy(sql`place`, direction)
    .orderBy('i.key', direction)
    .limit(limit)
    .execute();
}

export interface NotificationFilter {
  readonly userId?: string | undefined;
  readonly kind?: string | undefined;
  readonly delivery?: string | undefined;
}

export interface SentNotification {
  readonly id: string;
  readonly userId: string;
  readonly kind: AdminNotification['kind'];
  readonly severity: AdminNotification['severity'];
  readonly createdAt: Date;
  readonly readAt: Date | null;
  readonly deliveries: AdminNotification['deliveries'];
}

/** Without their words, which are the user's. */
export async function selectSentNotifications(
  db: Db,
  { userId, kind, delivery }: NotificationFilter,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly SentNotification[]> {
  const { rows } = await sql<SentNotification>`
    select n.id, n.user_id as "userId", n.kind, n.severity, n.created_at as "createdAt", n.read_at as "readAt",
      coalesce((select jsonb_agg(jsonb_build_object('channel', d.channel, 'status', d.status, 'attempts', d.attempts, 'detail', d.detail)
        order by d.id) from deliveries d where d.notification_id = n.id), '[]') as deliveries
    from notifications n
    where (${after}::uuid is null or n.id < ${after}::uuid) and (${userId ?? null}::uuid is null or n.user_id = ${userId ?? null}::uuid)
      and (${kind ?? null}::text is null or n.kind = ${kind ?? null})
      and (${delivery ?? null}::text is null
        or exists (select from deliveries d where d.notification_id = n.id and d.status = ${delivery ?? null}))
    order by n.id desc limit ${limit}`.execute(db);
  return rows;
}
