/** SQL of the members of alerts on watchlists: a row per instrument, which is watched and answers like any other alert. */
import { sql } from 'kysely';
import type { Insertable } from 'kysely';
import type { AlertsTable } from '../../platform/db/generated/schema.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import type { AlertRow } from './alert.ts';

/** The alerts on a watchlist that are not deleted. Holds them until the transaction ends. */
export async function lockAlertsOn(tx: Tx, watchlistId: string): Promise<readonly AlertRow[]> {
  return tx
    .selectFrom('alerts')
    .selectAll()
    .where('watchlist_id', '=', watchlistId)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** The members that an alert has or had, these among them whose instrument has left. */
export async function findMembers(db: Db, parentId: string): Promise<readonly AlertRow[]> {
  return db.selectFrom('alerts').selectAll().where('parent_id', '=', parentId).orderBy('id').execute();
}

/** The members of all alerts on a watchlist. */
export async function findMemberIds(db: Db, watchlistId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('alerts')
    .innerJoin('alerts as parents', 'parents.id', 'alerts.parent_id')
    .select('alerts.id')
    .where('parents.watchlist_id', '=', watchlistId)
    .execute();
  return rows.map(({ id }) => id);
}

export async function insertMembers(tx: Tx, rows: readonly Insertable<AlertsTable>[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto('alerts').values(rows).execute();
}

/** What a member begins to look at anew, and what its instrument stands at. */
export interface Asking {
  readonly id: string;
  readonly lastValue: string | null;
}

/** Lets members ask anew from an instant on, in the state of their alert. */
export async function askMembersAnew(
  tx: Tx,
  asking: readonly Asking[],
  { status, at }: { status?: 'as the alert'; at: Date },
): Promise<void> {
  if (asking.length === 0) return;
  const state = sql`status = p.status, paused_because = p.paused_because, deleted_at = null,`;
  await sql`
    update alerts m set ${status === undefined ? sql`` : state} asked_at = ${at}, last_value = given."lastValue", version = m.version + 1,
      updated_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(asking)}::jsonb) as given (id uuid, "lastValue" numeric), alerts p
    where m.id = given.id and p.id = m.parent_id`.execute(tx);
}

/** Takes members out: they keep their events. */
export async function dismissMembers(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('alerts')
    .set({ deleted_at: at, version: sql`version + 1`, updated_at: at })
    .where('id', 'in', [...ids])
    .execute();
}

/** Gives the members of an alert what it asks and how it answers, as it is now; their states with `pause`. */
export async function mirrorToMembers(tx: Tx, parentId: string, { pause, at }: { pause?: true; at: Date }): Promise<void> {
  const state = sql`status = 'paused', paused_because = 'owner',`;
  await sql`
    update alerts m set ${pause === undefined ? sql`` : state} parameters = p.parameters, repeat = p.repeat,
      cooldown_seconds = p.cooldown_seconds, channels = p.channels, note = p.note, expires_at = p.expires_at,
      snoozed_until = p.snoozed_until, version = m.version + 1, updated_at = ${at}
    from alerts p where p.id = ${parentId} and m.parent_id = p.id and m.deleted_at is null`.execute(tx);
}
