/** Deliveries of all users as an administrator sees them. What sends them has a store of its own. */
import type { AdminDelivery } from '@holdfast/contract/admin';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

export type DeliveryRow = Omit<AdminDelivery, 'dueAt' | 'createdAt' | 'finishedAt'> & {
  readonly dueAt: Date;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
};

/** The words of a mail that is no notification are forgotten when it ends, and a webhook that is off takes nothing. */
const CAN_RETRY = sql`d.status = 'dead' and d.notification_id is not null and w.disabled_at is null`;
const FIELDS = sql`d.id, d.user_id as "userId", u.email as "userEmail", d.channel, n.kind, d.status, d.attempts,
  d.response_status as "responseStatus", d.detail, (${CAN_RETRY}) as "canRetry", d.due_at as "dueAt", d.created_at as "createdAt",
  d.finished_at as "finishedAt"`;
const TABLES = sql`deliveries d join users u on u.id = d.user_id left join notifications n on n.id = d.notification_id
  left join webhooks w on w.id = d.webhook_id`;

export interface DeliveryFilter {
  readonly status?: AdminDelivery['status'] | undefined;
  readonly channel?: AdminDelivery['channel'] | undefined;
  readonly search?: string | undefined;
}

/** The newest first; one more than the limit. */
export async function selectDeliveries(
  db: Db,
  { status, channel, search }: DeliveryFilter,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly DeliveryRow[]> {
  const pattern = search === undefined || search.trim() === '' ? null : `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<DeliveryRow>`
    select ${FIELDS} from ${TABLES}
    where (${after}::uuid is null or d.id < ${after}::uuid) and (${status ?? null}::text is null or d.status = ${status ?? null})
      and (${channel ?? null}::text is null or d.channel = ${channel ?? null})
      and (${pattern}::text is null or u.email ilike ${pattern} or d.detail ilike ${pattern})
    order by d.id desc limit ${limit + 1}`.execute(db);
  return rows;
}

export async function findDelivery(db: Db, id: string): Promise<DeliveryRow | null> {
  const { rows } = await sql<DeliveryRow>`select ${FIELDS} from ${TABLES} where d.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** False where it was not given up, or cannot be sent any more. */
export async function reviveDelivery(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update deliveries set status = 'waiting', attempts = 0, due_at = ${at}, finished_at = null
    where id in (select d.id from ${TABLES} where d.id = ${id} and ${CAN_RETRY}) and status = 'dead' returning id`.execute(tx);
  return rows.length > 0;
}
